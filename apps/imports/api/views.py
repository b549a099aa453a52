"""Imports over HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.imports import queries
from apps.imports.access import get_connection_of, get_import_for
from apps.imports.actions import lists, running
from apps.imports.api import requests, serializers
from apps.imports.models import Import
from concord.http.conditional import unless_unchanged
from concord.http.idempotency import idempotent
from concord.http.multipart import WholeMultiPartParser
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.parsers import StrictJSONParser
from concord.http.schema import ETAG, IDEMPOTENCY_KEY, IF_NONE_MATCH, LOCATION


class ImportsView(APIView):
    """The imports of a dataset."""

    parser_classes = [StrictJSONParser, WholeMultiPartParser]

    @extend_schema(responses=serializers.ImportSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List imports, newest first."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.IMPORT
        )
        rows = queries.imports_of(found)
        return page_response(request, rows, order=("-created_at", "-id"), render=_render)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=requests.ImportRequest,
        responses={202: serializers.ImportSerializer},
    )
    @idempotent
    def post(self, request: Request, dataset: str) -> Response:
        """Take in a list; a job reads it and fetches its images."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.IMPORT)
        body = requests.ImportRequest.parse(request.data)
        made = lists.create_import(
            user=user,
            dataset=found,
            source=requests.source_of(body, user=user, dataset=found),
            options=requests.options_of(body),
            connection=get_connection_of(dataset=found, connection_id=body["connection"]),
            encoding=requests.encoding_of(body),
        )
        return accepted(request, made)


class FilesView(APIView):
    """Image files, as an import of their own."""

    # JSON cannot carry files, but who may not import must hear that first.
    parser_classes = [StrictJSONParser, WholeMultiPartParser]

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request={"multipart/form-data": requests.FilesRequest},
        responses={202: serializers.ImportSerializer},
    )
    @idempotent
    def post(self, request: Request, dataset: str) -> Response:
        """Take in image files; a job decodes them."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.IMPORT)
        body = requests.FilesRequest.parse(request.data)
        made = lists.create_import_of_files(
            user=user,
            dataset=found,
            uploads=requests.uploads_of(body),
            options=requests.options_of(body),
        )
        return accepted(request, made)


class ImportView(APIView):
    """One import."""

    @extend_schema(
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: serializers.ImportSerializer, 304: None},
    )
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        """Show how far it is; a page that polls sends If-None-Match."""
        found = get_import_for(user=user_of(request), import_id=import_id)
        refuse_unknown_parameters(request, [])
        return unless_unchanged(request, _render(found))


class ActView(APIView):
    """One thing that can be done to an import."""

    act: Callable[..., Import] = running.cancel_import

    @extend_schema(request=None, responses=serializers.ImportSerializer)
    def post(self, request: Request, import_id: uuid.UUID) -> Response:
        """Do it, and show where the import stands then."""
        user = user_of(request)
        found = get_import_for(user=user, import_id=import_id)
        type(self).act(found=found, actor=user)
        return Response(_render(get_import_for(user=user, import_id=import_id)))


class CancelView(ActView):
    """Stop an import for good."""

    act = running.cancel_import


class PauseView(ActView):
    """Stop an import for now."""

    act = running.pause_import


class ResumeView(ActView):
    """Go on with a paused import."""

    act = running.resume_import


class RetryView(APIView):
    """Fetch the failed rows of an import once more."""

    @extend_schema(request=requests.RetryRequest, responses=serializers.ImportSerializer)
    def post(self, request: Request, import_id: uuid.UUID) -> Response:
        """Fetch all of them, or those of one reason, and show where the import stands then."""
        user = user_of(request)
        found = get_import_for(user=user, import_id=import_id)
        body = requests.RetryRequest.parse(request.data)
        running.retry_import(found=found, actor=user, code=body["code"])
        return Response(_render(get_import_for(user=user, import_id=import_id)))


def _render(found: Import) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.ImportSerializer(found).data)


def accepted(request: Request, made: Import) -> Response:
    """Show an import that was just ordered, and where it can be followed."""
    shown = get_import_for(user=user_of(request), import_id=made.pk)
    return Response(_render(shown), status=202, headers={"Location": f"/api/imports/{made.pk}/"})
