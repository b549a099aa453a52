"""Model servers and their runs, over HTTP."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.assist.access import get_run_for, get_server_for
from apps.assist.actions.running import cancel_run, start_run
from apps.assist.actions.servers import forget_server, keep_server, try_server
from apps.assist.api import server_serializers as forms
from apps.assist.models import ModelServer, PredictionRun
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from concord.http.pagination import page_response


def _shown(server: ModelServer) -> dict[str, object]:
    return dict(forms.ServerSerializer(server).data)


def _run(run: PredictionRun) -> dict[str, object]:
    return dict(forms.RunSerializer(run).data)


class ServersView(APIView):
    """The model servers of a dataset."""

    @extend_schema(responses=forms.ServerSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List servers by name."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.IMPORT
        )
        servers = ModelServer.objects.filter(dataset=found)
        return page_response(request, servers, order=("name",), render=_shown)

    @extend_schema(request=forms.ServerRequest, responses={201: forms.ServerSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Keep a server; its token is never shown again."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.IMPORT)
        body = forms.ServerRequest.parse(request.data)
        made = keep_server(actor=user, dataset=found, server=ModelServer(), fields=body)
        return Response(_shown(made), status=201)


class ServerView(APIView):
    """One model server."""

    @extend_schema(request=forms.ServerChange, responses=forms.ServerSerializer)
    def patch(self, request: Request, server: uuid.UUID) -> Response:
        """Change a server."""
        user = user_of(request)
        found = get_server_for(user=user, server_id=server)
        body = forms.ServerChange.parse(request.data)
        return Response(
            _shown(keep_server(actor=user, dataset=found.dataset, server=found, fields=body))
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, server: uuid.UUID) -> Response:
        """Forget a server and its token; what it predicted stays."""
        user = user_of(request)
        forget_server(actor=user, server=get_server_for(user=user, server_id=server))
        return Response(status=204)


class ServerTrialView(APIView):
    """Whether a server answers."""

    @extend_schema(request=None, responses=forms.TriedSerializer)
    def post(self, request: Request, server: uuid.UUID) -> Response:
        """Ask a server what it is, and say what is wrong if it does not tell."""
        found = get_server_for(user=user_of(request), server_id=server)
        return Response(forms.render_tried(try_server(found)))


class RunsView(APIView):
    """Asking a server."""

    @extend_schema(request=forms.RunRequest, responses={202: forms.RunSerializer})
    def post(self, request: Request, server: uuid.UUID) -> Response:
        """Ask it about everything that nobody has answered; 409 `running` if it is being asked."""
        user = user_of(request)
        found = get_server_for(user=user, server_id=server)
        body = forms.RunRequest.parse(request.data)
        run = start_run(actor=user, server=found, settings=body)
        return Response(_run(run), status=202, headers={"Location": f"/api/model-runs/{run.id}/"})


class RunView(APIView):
    """One run."""

    @extend_schema(responses=forms.RunSerializer)
    def get(self, request: Request, run: uuid.UUID) -> Response:
        """Say how far it is."""
        return Response(_run(get_run_for(user=user_of(request), run_id=run)))


class RunCancelView(APIView):
    """The end of a run."""

    @extend_schema(request=None, responses=forms.RunSerializer)
    def post(self, request: Request, run: uuid.UUID) -> Response:
        """Stop asking; what was predicted stays."""
        found = get_run_for(user=user_of(request), run_id=run)
        return Response(_run(cancel_run(run=found)))
