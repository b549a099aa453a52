"""`/metrics`, for Prometheus: what stands in the database, and what this web server has seen."""

from __future__ import annotations

import hmac
import ipaddress
import os
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Gauge,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from concord.gauges import all_gauges
from concord.http.health import parts
from concord.http.page import no_such_route

PATH = "/metrics"
PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")

log = structlog.get_logger(__name__)


class MetricsMiddleware:
    """Answers before anything asks for a host by name and for https: Prometheus comes from inside,
    to the address of one web server, and proves by its token that it may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return metrics(request) if request.path_info == PATH else self.get_response(request)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All of them, for whoever may know; what needs a database that is away is left out."""
    if not _may_read(request):
        return no_such_route(request)
    text = generate_latest(_standing()) + generate_latest(_seen())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """With CONCORD_METRICS_TOKEN whoever bears it. Without, this machine alone, and only of an
    instance for this machine alone: a proxy beside it asks from the same address."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    passed_on = any(name in request.headers for name in PASSED_ON)
    ours_alone = _is_loopback(urlsplit(settings.PUBLIC_URL).hostname or "")
    near = _is_loopback(request.META.get("REMOTE_ADDR", ""))
    return near and ours_alone and not passed_on and not settings.ALLAUTH_TRUSTED_PROXY_COUNT


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _standing() -> CollectorRegistry:
    """What is the same whichever process is asked."""
    registry = CollectorRegistry()
    reachable = parts()
    for name, fine in reachable.items():
        _set(registry, f"concord_{name}_up", f"Whether the {name} answers", (), {(): float(fine)})
    if reachable["database"]:
        try:
            for one in all_gauges():
                _set(registry, one.name, one.help, one.labels, one.read())
        except DatabaseError as error:
            log.warning("metrics.cut_short", error=repr(error))
    return registry


def _set(
    registry: CollectorRegistry,
    name: str,
    explanation: str,
    labels: tuple[str, ...],
    figures: Mapping[tuple[str, ...], float],
) -> None:
    gauge = Gauge(name, explanation, labels, registry=registry)
    for values, figure in figures.items():
        (gauge.labels(*values) if labels else gauge).set(figure)


def _seen() -> CollectorRegistry:
    """The requests of all processes of this web server, which share a folder; or of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library's
    return together
