"""The labels of a dataset over HTTP."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for, get_label_for
from apps.datasets.actions.labels import (
    add_labels,
    add_listed_labels,
    change_label,
    order_labels,
)
from apps.datasets.actions.merging import merge_label, unmerge_label
from apps.datasets.api import label_forms
from apps.datasets.models import Label
from apps.datasets.policy import Capability
from apps.datasets.queries import label_named
from concord.http.schema import LOCATION


class LabelsView(APIView):
    """The labels of a dataset."""

    @extend_schema(request=label_forms.LabelRequest, responses={201: label_forms.LabelSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Add a label."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = label_forms.LabelRequest.parse(request.data)
        (label,) = add_labels(dataset=found, actor=user, labels=[body])
        return Response(label_forms.LabelSerializer(label).data, status=201)


class LabelView(APIView):
    """One label."""

    @extend_schema(request=label_forms.ChangeLabelRequest, responses=label_forms.LabelSerializer)
    def patch(self, request: Request, dataset: str, label: uuid.UUID) -> Response:
        """Rename it, change how it looks, retire it or bring it back."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        wanted = get_label_for(user=user, dataset=found, label_id=label)
        body = label_forms.ChangeLabelRequest.parse(request.data)
        retired = body.pop("retired", None)
        changed = change_label(label=wanted, actor=user, changes=body, retired=retired)
        return Response(label_forms.LabelSerializer(changed).data)


class LabelListView(APIView):
    """Many labels at once."""

    @extend_schema(request=label_forms.LabelListRequest, responses=label_forms.LabelListReply)
    def post(self, request: Request, dataset: str) -> Response:
        """Add the new labels of a list, or say with `preview` what would become of its lines."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = label_forms.LabelListRequest.parse(request.data)
        rows = add_listed_labels(dataset=found, actor=user, **body)
        return Response(label_forms.LabelListReply({"rows": rows}).data)


class LabelOrderView(APIView):
    """In which order labels are offered."""

    @extend_schema(request=label_forms.LabelOrderRequest, responses={204: None})
    def put(self, request: Request, dataset: str) -> Response:
        """Put all labels of the dataset into this order."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = label_forms.LabelOrderRequest.parse(request.data)
        order_labels(dataset=found, actor=user, labels=body["labels"])
        return Response(status=204)


class LabelMergeView(APIView):
    """A label that counts as another."""

    @extend_schema(
        parameters=[LOCATION],
        request=label_forms.MergeLabelRequest,
        responses={202: label_forms.LabelSerializer},
    )
    def post(self, request: Request, dataset: str, label: uuid.UUID) -> Response:
        """Merge the label into another; what was called so is compared anew."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        one = get_label_for(user=user, dataset=found, label_id=label)
        body = label_forms.MergeLabelRequest.parse(request.data)
        other = label_named(body["into"], dataset=found)
        return _accepted(merge_label(label=one, into=other, actor=user))

    @extend_schema(parameters=[LOCATION], responses={202: label_forms.LabelSerializer})
    def delete(self, request: Request, dataset: str, label: uuid.UUID) -> Response:
        """Take the merge back; what was called so is compared anew."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        one = get_label_for(user=user, dataset=found, label_id=label)
        return _accepted(unmerge_label(label=one, actor=user))


def _accepted(label: Label) -> Response:
    where = f"/api/datasets/{label.dataset_id}/labels/merging/"
    body = label_forms.LabelSerializer(label).data
    return Response(body, status=202, headers={"Location": where})
