"""The forms in which people, tokens and invitations travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.annotators.key_bindings import (
    DEFAULT_KEYS,
    BindingError,
    bindings_of,
    check_bindings,
)
from apps.annotators.models import ApiToken, Invitation, User
from apps.annotators.passwords import MAX_PASSWORD
from concord.http.serializers import JsonOf, StrictSerializer


class NewPersonRequest(StrictSerializer):
    """How somebody who was invited wants to be known."""

    name = serializers.CharField(max_length=150, default="", allow_blank=True)
    password = serializers.CharField(max_length=MAX_PASSWORD, trim_whitespace=False)


class FirstRunRequest(NewPersonRequest):
    """The first admin, with the secret of the one-time link."""

    token = serializers.CharField(max_length=200)
    email = serializers.CharField(max_length=254)


class CreateUserRequest(StrictSerializer):
    """A new account; without a password its owner gets a link to set one."""

    email = serializers.CharField(max_length=254)
    name = serializers.CharField(max_length=150, default="", allow_blank=True)
    password = serializers.CharField(
        max_length=MAX_PASSWORD, default=None, allow_null=True, trim_whitespace=False
    )
    is_admin = serializers.BooleanField(default=False)
    may_create_datasets = serializers.BooleanField(default=False)


class ChangeUserRequest(StrictSerializer):
    """What an admin may change of an account."""

    name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    is_active = serializers.BooleanField(required=False)
    is_admin = serializers.BooleanField(required=False)
    may_create_datasets = serializers.BooleanField(required=False)


class InviteRequest(StrictSerializer):
    """Whom to invite."""

    email = serializers.CharField(max_length=254)
    is_admin = serializers.BooleanField(default=False)


class CreateTokenRequest(StrictSerializer):
    """A token to make; without days it does not expire."""

    name = serializers.CharField(max_length=100)
    scope = serializers.ChoiceField(choices=ApiToken.Scope.choices, default=ApiToken.Scope.WRITE)
    days = serializers.IntegerField(min_value=1, max_value=3650, default=None, allow_null=True)


class PreferencesRequest(StrictSerializer):
    """What somebody wants otherwise than the defaults; what is left out is as the defaults are."""

    keys = JsonOf(
        {
            "type": "object",
            "properties": {action: {"type": "string"} for action in DEFAULT_KEYS},
            "additionalProperties": False,
        },
        default=dict,
    )

    def validate_keys(self, value: Any) -> dict[str, str]:
        """Keys that exist, that are free, and that no two actions share."""
        try:
            return check_bindings(value)
        except BindingError as error:
            told = {action: [fault] for action, fault in error.faults.items()}
            raise serializers.ValidationError(told) from error


class PreferencesSerializer(serializers.Serializer[Any]):
    """How somebody works: the key of every action, their own or the default."""

    keys = serializers.SerializerMethodField()

    @extend_schema_field(
        {
            "type": "object",
            "properties": {action: {"type": "string"} for action in DEFAULT_KEYS},
            "required": list(DEFAULT_KEYS),
        }
    )
    def get_keys(self, preferences: dict[str, Any]) -> dict[str, str]:
        """By action."""
        return bindings_of(preferences.get("keys", {}))


class LoginRequest(StrictSerializer):
    """A log-in by script."""

    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=MAX_PASSWORD, trim_whitespace=False)
    otp = serializers.CharField(max_length=20, default="", allow_blank=True)


class LoginReply(serializers.Serializer[Any]):
    """A token for scripts."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class PeopleSearch(StrictSerializer):
    """Whom an admin looks for; what is left out is any."""

    NAMES = ("text", "state", "role", "factor")

    text = serializers.CharField(max_length=100, required=False)
    state = serializers.ChoiceField(choices=["active", "invited", "deactivated"], required=False)
    role = serializers.ChoiceField(choices=["admin", "creator"], required=False)
    factor = serializers.ChoiceField(choices=["on", "off"], required=False)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> dict[str, Any]:
        """Return what an address asks for; raises Invalid."""
        return cls.parse({name: given[name] for name in cls.NAMES if name in given})


class LeavingSerializer(serializers.Serializer[Any]):
    """What follows when somebody is deactivated; their answers stay."""

    tasks = serializers.IntegerField()
    reviews = serializers.IntegerField()
    sessions = serializers.IntegerField()
    tokens = serializers.IntegerField()


class UserSerializer(serializers.ModelSerializer[User]):
    """One of `queries.people`, as an admin sees them. `invite_url` is there once, where a password
    is missing; `datasets` counts those in which they have a role."""

    has_second_factor = serializers.BooleanField(source="second_factor")
    is_invited = serializers.BooleanField(source="waits")
    last_seen_at = serializers.DateTimeField(source="seen_at", allow_null=True)
    datasets = serializers.IntegerField()
    invite_url = serializers.CharField(required=False)

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "name",
            "is_active",
            "is_admin",
            "may_create_datasets",
            "has_second_factor",
            "is_invited",
            "last_seen_at",
            "datasets",
            "created_at",
            "invite_url",
        ]
        read_only_fields = fields


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token without its secret; `prefix` is how that begins."""

    class Meta:
        model = ApiToken
        fields = ["id", "name", "prefix", "scope", "created_at", "expires_at", "last_used_at"]
        read_only_fields = fields


class NewTokenSerializer(TokenSerializer):
    """A token that was just made. `token` is its secret, shown this once."""

    token = serializers.CharField()

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An open invitation and who sent it. `invite_url` is shown once when it is made."""

    invited_by = serializers.CharField(source="invited_by.display_name", default="")
    is_admin = serializers.BooleanField(source="admin")
    invite_url = serializers.CharField(required=False)

    class Meta:
        model = Invitation
        fields = [
            "id",
            "email",
            "is_admin",
            "invited_by",
            "created_at",
            "expires_at",
            "invite_url",
        ]
        read_only_fields = fields


class DemoAccountSerializer(serializers.Serializer[Any]):
    """A demo account that the login page offers."""

    email = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=["admin", "annotator", "reviewer"])
    password = serializers.CharField()


class PublicSerializer(serializers.Serializer[Any]):
    """What the login page needs to know before anybody is logged in."""

    version = serializers.CharField()
    demo = DemoAccountSerializer(many=True)
    first_run = serializers.BooleanField()
    single_sign_on = serializers.CharField(allow_null=True)


class EmailReply(serializers.Serializer[Any]):
    """The address to log in with."""

    email = serializers.CharField()
