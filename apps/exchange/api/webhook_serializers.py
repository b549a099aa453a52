"""The forms in which webhooks and their log travel."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.exchange.models import Delivery, Webhook
from apps.exchange.webhooks.payloads import KINDS
from apps.exchange.webhooks.secrets import secret_of
from concord.http.serializers import StrictSerializer

LONGEST_URL = 2000


class WebhookKindsField(serializers.ListField):
    """What a webhook hears of."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.ChoiceField(choices=KINDS)
        super().__init__(child=child, min_length=1, max_length=len(KINDS), **kwargs)


class WebhookRequest(StrictSerializer):
    """Which address hears of what in which dataset, by its id or slug."""

    dataset = serializers.CharField()
    url = serializers.CharField(max_length=LONGEST_URL)
    events = WebhookKindsField()


class WebhookChange(StrictSerializer):
    """What is to be otherwise."""

    url = serializers.CharField(max_length=LONGEST_URL, required=False)
    events = WebhookKindsField(required=False)
    active = serializers.BooleanField(required=False)


class WebhookSerializer(serializers.Serializer[Any]):
    """A webhook. `failing_since` is when it began to get nothing, `stopped_at` when it was
    switched off for that."""

    id = serializers.UUIDField()
    dataset = serializers.CharField(source="dataset.slug")
    url = serializers.CharField()
    events = WebhookKindsField()
    active = serializers.BooleanField()
    failing_since = serializers.DateTimeField(allow_null=True)
    stopped_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NewWebhookSerializer(WebhookSerializer):
    """A webhook that was just made, with its `secret`, which is never shown again."""

    secret = serializers.SerializerMethodField()

    def get_secret(self, webhook: Webhook) -> str:
        """What its messages are signed with."""
        return secret_of(webhook.pk)


class DeliverySerializer(serializers.Serializer[Any]):
    """A message to a webhook, with what came of its last attempt: the HTTP `status`, or the `code`
    of why there was none, and the start of what was said. `due_at` is when a `waiting` one is
    tried next."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=Delivery.State.choices)
    attempts = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    excerpt = serializers.CharField()
    milliseconds = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField()
    body = serializers.CharField()
