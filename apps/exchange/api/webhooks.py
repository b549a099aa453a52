"""Webhooks over HTTP."""

from __future__ import annotations

import uuid
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.exchange.access import get_delivery_for, get_webhook_for, webhooks_for
from apps.exchange.api import webhook_serializers as serializers
from apps.exchange.models import Delivery, Webhook
from apps.exchange.webhooks.actions import (
    change_webhook,
    create_webhook,
    delete_webhook,
    redeliver,
    send_test,
)
from concord.errors import Invalid
from concord.http.pagination import page_response, refuse_unknown_parameters

DATASET = OpenApiParameter("dataset", description="Only those of the dataset with this slug.")
STATE = OpenApiParameter("state", enum=Delivery.State.values, description="Only those in it.")


class WebhooksView(APIView):
    """The webhooks of the datasets that somebody leads."""

    @extend_schema(parameters=[DATASET], responses=serializers.WebhookSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List webhooks, newest first."""
        rows = webhooks_for(user_of(request))
        if slug := request.query_params.get("dataset"):
            rows = rows.filter(dataset__slug=slug)
        order = ("-created_at", "-id")
        return page_response(request, rows, order=order, render=_webhook, filters=["dataset"])

    @extend_schema(
        request=serializers.WebhookRequest, responses={201: serializers.NewWebhookSerializer}
    )
    def post(self, request: Request) -> Response:
        """Have an address told of what happens from now on. Its secret is in this answer alone."""
        user = user_of(request)
        body = serializers.WebhookRequest.parse(request.data)
        dataset = get_dataset_for(
            user=user, id_or_slug=body["dataset"], capability=Capability.MANAGE
        )
        made = create_webhook(user=user, dataset=dataset, url=body["url"], events=body["events"])
        return Response(serializers.NewWebhookSerializer(made).data, status=201)


class WebhookView(APIView):
    """One webhook."""

    @extend_schema(responses=serializers.WebhookSerializer)
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Show it; its secret is not read back."""
        refuse_unknown_parameters(request, [])
        return Response(_webhook(get_webhook_for(user=user_of(request), webhook_id=webhook_id)))

    @extend_schema(request=serializers.WebhookChange, responses=serializers.WebhookSerializer)
    def patch(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Change its address or what it hears of; switch it off or on."""
        user = user_of(request)
        found = get_webhook_for(user=user, webhook_id=webhook_id)
        changes = serializers.WebhookChange.parse(request.data)
        return Response(_webhook(change_webhook(user=user, webhook=found, **changes)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Remove it with its log."""
        user = user_of(request)
        delete_webhook(user=user, webhook=get_webhook_for(user=user, webhook_id=webhook_id))
        return Response(status=204)


class WebhookTestView(APIView):
    """A message that tells of nothing."""

    @extend_schema(request=None, responses={202: serializers.DeliverySerializer})
    def post(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """Send one; the log says what came of it. 409 `switched_off`."""
        found = get_webhook_for(user=user_of(request), webhook_id=webhook_id)
        return Response(_delivery(send_test(webhook=found)), status=202)


class DeliveriesView(APIView):
    """The log of a webhook."""

    @extend_schema(parameters=[STATE], responses=serializers.DeliverySerializer(many=True))
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        """List its messages of the last 30 days, newest first."""
        found = get_webhook_for(user=user_of(request), webhook_id=webhook_id)
        rows = Delivery.objects.filter(webhook=found)
        if state := request.query_params.get("state"):
            if state not in Delivery.State.values:
                raise Invalid("unknown_state", "There are no messages in this state.")
            rows = rows.filter(state=state)
        order = ("-created_at", "-id")
        return page_response(request, rows, order=order, render=_delivery, filters=["state"])


class RedeliverView(APIView):
    """A message once more."""

    @extend_schema(request=None, responses={202: serializers.DeliverySerializer})
    def post(self, request: Request, webhook_id: uuid.UUID, delivery_id: uuid.UUID) -> Response:
        """Send it again under the same id, with all its attempts. 409 `switched_off`."""
        user = user_of(request)
        found = get_delivery_for(user=user, webhook_id=webhook_id, delivery_id=delivery_id)
        return Response(_delivery(redeliver(delivery=found)), status=202)


def _webhook(webhook: Webhook) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.WebhookSerializer(webhook).data)


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return cast(dict[str, Any], serializers.DeliverySerializer(delivery).data)
