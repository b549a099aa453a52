"""What I am told, over HTTP."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.actions.notifying import NEVER_BY_MAIL, change_settings, mark_seen
from apps.annotators.api.current import user_of
from apps.annotators.models import Notification, NotificationSettings, User
from apps.datasets.api.serializers import DatasetNameSerializer
from apps.desk.api.serializers import NamedSerializer
from apps.desk.queries.notices import Told, count_unseen, notices_of, settings_of, tell
from concord.errors import Invalid
from concord.http.conditional import unless_unchanged
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.schema import ETAG, IF_NONE_MATCH, PAGE_PARAMETERS
from concord.http.serializers import StrictSerializer

KINDS = Notification.Kind.values
ADMINS_ONLY = frozenset({Notification.Kind.MAIL_FAILED})
MOST_AT_ONCE = 500


class NotificationSerializer(serializers.Serializer[Any]):
    """Something that happened, as codes and numbers; `link` is the page to go to, `person` whom it
    is about, where I may know that."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Notification.Kind.choices)
    at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    dataset = DatasetNameSerializer(allow_null=True)
    person = serializers.SerializerMethodField()
    data = serializers.DictField()  # type: ignore[assignment]  # the wire's word
    link = serializers.CharField()

    @extend_schema_field(NamedSerializer(allow_null=True))
    def get_person(self, told: Told) -> dict[str, Any] | None:
        """By name."""
        person = told.person
        return {"id": str(person.pk), "name": person.display_name} if person else None


class NotificationsSerializer(serializers.Serializer[Any]):
    """A page of what I am told, newest first. `unseen` counts all of it, up to 100."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = NotificationSerializer(many=True)
    unseen = serializers.IntegerField()


class UnseenSerializer(serializers.Serializer[Any]):
    """How much I have not seen, up to 100."""

    unseen = serializers.IntegerField()


class SeenRequest(StrictSerializer):
    """What I have seen: these, or all up to one, what came after it not included."""

    ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_AT_ONCE
    )
    until = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if len(attrs) != 1:
            raise Invalid("one_of_two", "Send either ids or until.")
        return attrs


class NotificationWishesRequest(StrictSerializer):
    """The kinds that I want to be told on the page, and those by mail. `daily` is one mail a day,
    in the morning of `time_zone`."""

    page = serializers.ListField(
        child=serializers.ChoiceField(choices=Notification.Kind.choices), max_length=50
    )
    mail = serializers.ListField(
        child=serializers.ChoiceField(choices=Notification.Kind.choices), max_length=50
    )
    daily = serializers.BooleanField()
    time_zone = serializers.CharField(max_length=64)

    def validate_time_zone(self, value: str) -> str:
        """A name of the tz database."""
        if value not in available_timezones():
            raise serializers.ValidationError("No time zone has this name.")
        return value


class NotificationWishesSerializer(serializers.Serializer[Any]):
    """What I want to be told, out of `kinds`."""

    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Notification.Kind.choices))
    page = serializers.ListField(child=serializers.ChoiceField(choices=Notification.Kind.choices))
    mail = serializers.ListField(child=serializers.ChoiceField(choices=Notification.Kind.choices))
    daily = serializers.BooleanField()
    time_zone = serializers.CharField()


class NotificationsView(APIView):
    """What I am told."""

    @extend_schema(
        parameters=[*PAGE_PARAMETERS, IF_NONE_MATCH, ETAG],
        responses={200: NotificationsSerializer, 304: None},
    )
    def get(self, request: Request) -> Response:
        """List it, newest first; a page that polls sends If-None-Match."""
        notices = notices_of(user_of(request))
        page = page_response(
            request, notices.filter(on_page=True), order=("-id",), render=lambda row: row
        ).data
        told = NotificationSerializer(tell(page["results"]), many=True).data
        return unless_unchanged(request, {**page, "results": told, "unseen": count_unseen(notices)})


class SeenView(APIView):
    """What I have seen."""

    @extend_schema(request=SeenRequest, responses=UnseenSerializer)
    def post(self, request: Request) -> Response:
        """Note it; says how much is left."""
        body = SeenRequest.parse(request.data)
        notices = notices_of(user_of(request))
        if "ids" in body:
            mark_seen(notices.filter(pk__in=body["ids"]))
        else:
            mark_seen(notices.filter(pk__lte=body["until"]))
        return Response({"unseen": count_unseen(notices)})


class SettingsView(APIView):
    """What I want to be told."""

    @extend_schema(responses=NotificationWishesSerializer)
    def get(self, request: Request) -> Response:
        """Return it; all kinds until I say otherwise."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        return Response(_render(user, settings_of(user)))

    @extend_schema(request=NotificationWishesRequest, responses=NotificationWishesSerializer)
    def put(self, request: Request) -> Response:
        """Change all of it; what happened before stays as it is."""
        body = NotificationWishesRequest.parse(request.data)
        changes = {
            "page_off": sorted(set(KINDS) - set(body["page"])),
            "mail_off": sorted(set(KINDS) - set(body["mail"])),
            "daily": body["daily"],
            "time_zone": body["time_zone"],
        }
        user = user_of(request)
        return Response(_render(user, change_settings(user=user, changes=changes)))


def _render(user: User, settings: NotificationSettings) -> dict[str, Any]:
    kinds = [kind for kind in KINDS if user.is_admin or kind not in ADMINS_ONLY]
    shown = {
        "kinds": kinds,
        "page": [kind for kind in kinds if kind not in settings.page_off],
        "mail": [kind for kind in kinds if kind not in {*settings.mail_off, *NEVER_BY_MAIL}],
        "daily": settings.daily,
        "time_zone": settings.time_zone,
    }
    return dict(NotificationWishesSerializer(shown).data)
