"""Snapshots and comparisons over HTTP."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.exchange.access import get_diff_for, get_snapshot_for
from apps.exchange.api import snapshot_serializers as serializers
from apps.exchange.domain.diffs import DETAILS, KINDS
from apps.exchange.models import Diff, Snapshot
from apps.exchange.snapshots.actions import create_snapshot, delete_snapshot
from apps.exchange.snapshots.diffing import changes_in, create_diff
from apps.exchange.snapshots.pictures import Picture, pictures_of
from concord.errors import Invalid, NotFound
from concord.http.pagination import Found, found_response, page_response, refuse_unknown_parameters
from concord.http.schema import LOCATION

KIND = OpenApiParameter("kind", enum=[*KINDS, *DETAILS], description="Only changes of this kind.")

NO_DETAIL: dict[str, Any] = {"before": None, "after": None, "iou": None, "keys": []}


class SnapshotsView(APIView):
    """The snapshots of a dataset."""

    @extend_schema(responses=serializers.SnapshotSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List snapshots, newest first."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.EXPORT
        )
        rows = Snapshot.objects.filter(dataset=found)
        return page_response(request, rows, order=("-created_at", "-id"), render=_snapshot)

    @extend_schema(
        parameters=[LOCATION],
        request=serializers.SnapshotRequest,
        responses={202: serializers.SnapshotSerializer},
    )
    def post(self, request: Request, dataset: str) -> Response:
        """Order a snapshot; a job makes it. 409 `name_taken`."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.EXPORT)
        body = serializers.SnapshotRequest.parse(request.data)
        made = create_snapshot(user=user, dataset=found, name=body["name"])
        headers = {"Location": f"/api/snapshots/{made.pk}/"}
        return Response(_snapshot(made), status=202, headers=headers)


class SnapshotView(APIView):
    """One snapshot."""

    @extend_schema(responses=serializers.SnapshotSerializer)
    def get(self, request: Request, snapshot_id: uuid.UUID) -> Response:
        """Show it, and while it is being made how far it is."""
        refuse_unknown_parameters(request, [])
        found = get_snapshot_for(user=user_of(request), snapshot_id=snapshot_id)
        return Response(_snapshot(found))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, snapshot_id: uuid.UUID) -> Response:
        """Delete it for good; exports of it stay. 409 `not_ready` while it is being made."""
        user = user_of(request)
        delete_snapshot(made=get_snapshot_for(user=user, snapshot_id=snapshot_id), actor=user)
        return Response(status=204)


class DiffsView(APIView):
    """Comparisons of a dataset's snapshots."""

    @extend_schema(
        parameters=[LOCATION],
        request=serializers.DiffRequest,
        responses={202: serializers.DiffSerializer},
    )
    def post(self, request: Request, dataset: str) -> Response:
        """Compare two snapshots, or one with now; a job does it. 409 `not_ready`."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.EXPORT)
        body = serializers.DiffRequest.parse(request.data)
        rows = Snapshot.objects.select_related("dataset").filter(dataset=found)
        sides = rows.in_bulk([each for each in body.values() if each is not None])
        if missing := [name for name, pk in body.items() if pk is not None and pk not in sides]:
            raise Invalid(
                "unknown_snapshot",
                "This dataset has no such snapshot.",
                errors={name: ["Unknown snapshot."] for name in missing},
            )
        after = sides[body["after"]] if body["after"] else None
        made = create_diff(user=user, before=sides[body["before"]], after=after)
        headers = {"Location": f"/api/diffs/{made.pk}/"}
        return Response(_diff(made), status=202, headers=headers)


class DiffView(APIView):
    """One comparison."""

    @extend_schema(responses=serializers.DiffSerializer)
    def get(self, request: Request, diff_id: uuid.UUID) -> Response:
        """Show how far it is, and how much differs."""
        refuse_unknown_parameters(request, [])
        return Response(_diff(get_diff_for(user=user_of(request), diff_id=diff_id)))


class DiffChangesView(APIView):
    """What a comparison found."""

    @extend_schema(parameters=[KIND], responses=serializers.TaskChangeSerializer(many=True))
    def get(self, request: Request, diff_id: uuid.UUID) -> Response:
        """List the tasks that differ, in their order. 409 `not_ready`."""
        found = get_diff_for(user=user_of(request), diff_id=diff_id)
        refuse_unknown_parameters(request, ["limit", "cursor", "kind"])
        kind = request.query_params.get("kind")
        if kind not in {None, *KINDS, *DETAILS}:
            raise Invalid("unknown_kind", "There are no changes of this kind.")
        pictures: dict[str, Picture] = {}
        find = partial(_find, found, kind, pictures)
        return found_response(request, length=1, find=find, render=partial(_change, pictures))


def _find(
    made: Diff,
    kind: str | None,
    pictures: dict[str, Picture],
    backwards: bool,
    after: tuple[Any, ...] | None,
    most: int,
) -> list[Found]:
    """One page of changes; notes the images of its tasks."""
    start = int(after[0]) if after else None
    try:
        found = changes_in(made, kind=kind, most=most, start=start, backwards=backwards)
    except FileNotFoundError as error:
        raise NotFound from error
    pictures.update(pictures_of([change["task"] for _, change in found]))
    return [Found((place,), change) for place, change in found]


def _snapshot(made: Snapshot) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.SnapshotSerializer(made).data)


def _diff(made: Diff) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.DiffSerializer(made).data)


def _change(pictures: dict[str, Picture], change: dict[str, Any]) -> dict[str, Any]:
    row = {
        **change,
        "image": pictures.get(change["task"]),
        "before": _side(change["before"]),
        "after": _side(change["after"]),
        "details": [{**NO_DETAIL, **detail} for detail in change["details"]],
    }
    return cast(dict[str, Any], serializers.TaskChangeSerializer(row).data)


def _side(line: dict[str, Any] | None) -> dict[str, Any] | None:
    """A final as pages show it, whatever its interface asks for."""
    nothing = {"image": "", "spans": [], "accept": [], "attributes": {}}
    return None if line is None else {**nothing, **line}
