"""The forms in which datasets, members and labels travel."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from rest_framework import serializers

from apps.annotators.api.serializers import PreferencesRequest, PreferencesSerializer
from apps.annotators.models import User
from apps.datasets.api import forms
from apps.datasets.api.label_forms import LabelSerializer
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Interface, Membership, PendingMembership, Role
from apps.datasets.policy import Capability, allows, capabilities_of
from concord.http.serializers import JsonOf, StrictSerializer

SETTINGS = tuple(field.name for field in fields(DatasetConfig))
PLAIN_FIELDS = (
    "id",
    "slug",
    "name",
    "description",
    "interface",
    "config_version",
    "time_zone",
    "created_at",
    "archived_at",
)


class SettingsRequest(StrictSerializer):
    """The settings that `apps.datasets.config_rules` checks; here they only have names."""

    description = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    question = JsonOf(forms.TEXT, required=False)
    options = JsonOf(forms.OPTIONS, required=False)
    choice_style = JsonOf(forms.CHOICE_STYLE, required=False)
    auto_accept = JsonOf(forms.FLAG, required=False)
    overlap = JsonOf(forms.OVERLAP, required=False)
    review_policy = JsonOf(forms.REVIEW_POLICY, required=False)
    shared_shift = JsonOf(forms.FLAG, required=False)
    tie_breaker = JsonOf(forms.TEXT, required=False)
    coverage = JsonOf(forms.PART, required=False)
    second_look = JsonOf(forms.PART, required=False)
    routing = JsonOf(forms.ROUTING, required=False)
    order = JsonOf(forms.ORDER, required=False)
    random_share = JsonOf(forms.PART, required=False)
    spread = JsonOf(forms.SPREAD, required=False)
    skip_policy = JsonOf(forms.SKIP_POLICY, required=False)
    rules = JsonOf(forms.RULES, required=False)
    gold = JsonOf(forms.GOLD, required=False)
    blocks = JsonOf(forms.BLOCKS, required=False)
    drawing = JsonOf(forms.DRAWING, required=False)


class CreateDatasetRequest(SettingsRequest):
    """A dataset to make."""

    name = serializers.CharField(max_length=150)
    slug = serializers.CharField(max_length=80, required=False)
    interface = serializers.ChoiceField(choices=Interface.choices)
    labels = serializers.ListField(child=JsonOf(forms.NEW_LABEL), default=list, max_length=1000)


class ChangeDatasetRequest(SettingsRequest):
    """What to change of a dataset."""

    name = serializers.CharField(max_length=150, required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    archived = serializers.BooleanField(required=False)

    def validate_time_zone(self, value: str) -> str:
        """Only names that the time zone database knows."""
        if value not in zoneinfo.available_timezones():
            raise serializers.ValidationError("This is no time zone, such as Europe/Berlin.")
        return value


class MemberRequest(StrictSerializer):
    """Whom to make a member."""

    email = serializers.CharField(max_length=254)
    role = serializers.ChoiceField(choices=Role.choices)


class RoleRequest(StrictSerializer):
    """The role a member is to have."""

    role = serializers.ChoiceField(choices=Role.choices)


class OptionSerializer(serializers.Serializer[Any]):
    """One thing to choose; its id keeps its JSON type."""

    id = JsonOf(forms.OPTION_ID)
    text = serializers.CharField()
    key = serializers.CharField(required=False)


class CapabilitiesField(serializers.ListField):
    """What somebody may do in a dataset."""

    child = serializers.ChoiceField(choices=[(may.value, may.name) for may in Capability])


class DatasetSerializer(serializers.Serializer[Any]):
    """A dataset as its members see it; `role` and `capabilities` are the reader's. `gold` is for
    managers: nobody else learns whether there is any."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    interface = serializers.ChoiceField(choices=Interface.choices)
    config_version = serializers.IntegerField()
    time_zone = serializers.CharField()
    labels = LabelSerializer(many=True)
    options = OptionSerializer(many=True)
    question = serializers.CharField()
    choice_style = JsonOf(forms.CHOICE_STYLE)
    auto_accept = serializers.BooleanField()
    overlap = JsonOf(forms.OVERLAP)
    review_policy = JsonOf(forms.REVIEW_POLICY)
    shared_shift = serializers.BooleanField()
    tie_breaker = serializers.CharField()
    coverage = serializers.FloatField()
    second_look = serializers.FloatField()
    routing = JsonOf(forms.ROUTING)
    order = JsonOf(forms.ORDER)
    random_share = serializers.FloatField()
    spread = JsonOf(forms.SPREAD)
    skip_policy = JsonOf(forms.SKIP_POLICY)
    rules = JsonOf(forms.RULES)
    gold = JsonOf(forms.GOLD, allow_null=True)
    blocks = JsonOf(forms.BLOCKS)
    drawing = JsonOf(forms.DRAWING_SHOWN)
    role = serializers.ChoiceField(choices=Role.choices)
    capabilities = CapabilitiesField()
    created_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)


class MemberAccountSerializer(serializers.Serializer[Any]):
    """A member as the others see them."""

    id = serializers.UUIDField()
    email = serializers.CharField()
    name = serializers.CharField(source="display_name")


class MemberSerializer(serializers.Serializer[Any]):
    """A member, or (`pending`) somebody who was invited and has not come yet."""

    user = MemberAccountSerializer(required=False)
    email = serializers.CharField(required=False)
    role = serializers.ChoiceField(choices=Role.choices)
    pending = serializers.BooleanField()
    invite_url = serializers.CharField(required=False)


class MemberPageSerializer(serializers.Serializer[Any]):
    """A page of members; beside it those who were invited and have not come yet."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = MemberSerializer(many=True)
    pending = MemberSerializer(many=True)


class DatasetNameSerializer(serializers.Serializer[Any]):
    """A dataset, enough to name it and to lead to it."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    interface = serializers.ChoiceField(choices=Interface.choices)


class MembershipSerializer(serializers.Serializer[Any]):
    """One of my datasets, in brief."""

    dataset = DatasetNameSerializer()
    role = serializers.ChoiceField(choices=Role.choices)


class MeSerializer(serializers.Serializer[Any]):
    """Who I am and what I may do; capabilities by dataset id."""

    id = serializers.UUIDField()
    email = serializers.CharField()
    name = serializers.CharField()
    is_admin = serializers.BooleanField()
    may_create_datasets = serializers.BooleanField()
    preferences = PreferencesSerializer()
    memberships = MembershipSerializer(many=True)
    capabilities = serializers.DictField(child=CapabilitiesField())


class ProfileRequest(StrictSerializer):
    """What people set for themselves."""

    name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    preferences = PreferencesRequest(required=False)


class InvitationPreview(serializers.Serializer[Any]):
    """What the holder of an invitation may know before accepting."""

    email = serializers.CharField()
    datasets = serializers.ListField(child=serializers.CharField())


def render_dataset(dataset: Dataset, *, role: Role) -> dict[str, Any]:
    """Return a dataset as `role` sees it; labels are those prefetched, if they were."""
    settings = DatasetConfig.of(dataset).as_json()
    shown = {
        **{name: getattr(dataset, name) for name in PLAIN_FIELDS},
        **settings,
        "gold": settings["gold"] if allows(role, Capability.MANAGE) else None,
        "labels": dataset.labels.all(),
        "role": role,
        "capabilities": capabilities_of(role),
    }
    return dict(DatasetSerializer(shown).data)


def render_member(member: Membership) -> dict[str, Any]:
    """Return a member with their account."""
    shown = {"user": member.user, "role": member.role, "pending": False}
    return dict(MemberSerializer(shown).data)


def render_pending(pending: PendingMembership) -> dict[str, Any]:
    """Return somebody who was invited; the link is not kept, so it is not shown."""
    shown = {"email": pending.email, "role": pending.role, "pending": True}
    return dict(MemberSerializer(shown).data)


def render_me(
    user: User, *, memberships: Iterable[Membership], roles: Mapping[uuid.UUID, Role]
) -> dict[str, Any]:
    """Return a person to themselves."""
    shown = {
        **{name: getattr(user, name) for name in ("id", "email", "name", "is_admin")},
        "preferences": user.preferences,
        "may_create_datasets": user.is_admin or user.may_create_datasets,
        "memberships": memberships,
        "capabilities": {str(dataset): capabilities_of(role) for dataset, role in roles.items()},
    }
    return dict(MeSerializer(shown).data)
