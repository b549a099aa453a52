"""Who may reach model servers and their runs; absent and foreign look the same."""

from __future__ import annotations

import uuid

from apps.annotators.models import User
from apps.assist.models import ModelServer, PredictionRun
from apps.datasets.access import require
from apps.datasets.policy import Capability
from concord.errors import NotFound


def get_server_for(*, user: User, server_id: uuid.UUID) -> ModelServer:
    """Return a server with its dataset, for those who may bring predictions in."""
    found = ModelServer.objects.select_related("dataset").filter(pk=server_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.IMPORT)
    return found


def get_run_for(*, user: User, run_id: uuid.UUID) -> PredictionRun:
    """Return a run with its server and dataset, for those who may bring predictions in."""
    found = PredictionRun.objects.select_related("server", "dataset").filter(pk=run_id).first()
    if found is None:
        raise NotFound
    require(user=user, dataset=found.dataset, capability=Capability.IMPORT)
    return found
