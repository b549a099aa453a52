"""Acting on many tasks over HTTP."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset, Interface
from apps.datasets.policy import Capability
from apps.desk.access import get_act_for
from apps.desk.actions.acting import Asked, act_on_many, cancel_act, outcome_of
from apps.desk.actions.going_on import undo
from apps.desk.filters import read_filter, read_json
from apps.desk.models import Act
from apps.exchange.actions import check_options
from apps.exchange.api.serializers import SplitsField
from apps.exchange.domain.formats import NAMES
from apps.exchange.domain.options import ExportOptions
from apps.exchange.models import Export
from apps.tasks.actions.planning import Plan
from apps.tasks.api.serializers import OptionIdsField
from apps.tasks.domain.turns import HIGHEST_PRIORITY
from apps.tasks.models import Verdict
from concord.errors import Invalid
from concord.http.idempotency import fingerprint_of, key_of
from concord.http.pagination import refuse_unknown_parameters
from concord.http.schema import IDEMPOTENCY_KEY
from concord.http.serializers import StrictSerializer

MOST_TASKS = 10_000
MOST_NAMES = 20
MOST_PEOPLE = 64
EXTRAS = ("images", "splits", "names")
QUESTIONS = (Interface.CLASSIFICATION, Interface.CHOICE)
"""Where people can answer many tasks at once: what they say is about whole images."""


class TagNameField(serializers.CharField):
    """The name of a tag."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=50, **kwargs)


class TaskActRequest(StrictSerializer):
    """What is to be done (`act`) to which tasks: `tasks` by id, at most 10,000, or those that a
    `filter` finds, of which the page says there are `expected`.

    With `tag` go `add` and `remove`; with `priority` a `priority`; with `assign` the `people` to
    whom alone they go, none for whom the settings say; with `export` a `format` and `which`
    answers, and, as for an export of all, `images`, `splits` and `names`; with `requeue` a
    `reason`; with `answer` an `answer` and, where options are chosen, `accept`.
    """

    act = serializers.ChoiceField(choices=Act.Deed.choices)
    tasks = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_TASKS, allow_empty=False
    )
    filter = serializers.DictField(required=False)
    expected = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 2)
    add = serializers.ListField(child=TagNameField(), required=False, max_length=MOST_NAMES)
    remove = serializers.ListField(child=TagNameField(), required=False, max_length=MOST_NAMES)
    priority = serializers.IntegerField(
        required=False, min_value=-HIGHEST_PRIORITY, max_value=HIGHEST_PRIORITY
    )
    people = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_PEOPLE
    )
    format = serializers.ChoiceField(choices=NAMES, required=False)
    which = serializers.ChoiceField(choices=Export.Which.choices, required=False)
    images = serializers.BooleanField(required=False)
    splits = SplitsField(required=False)
    names = serializers.BooleanField(required=False)
    reason = serializers.CharField(required=False, max_length=500, allow_blank=True)
    answer = serializers.ChoiceField(choices=Verdict.choices, required=False)
    accept = OptionIdsField(required=False)


class NotDoneSerializer(serializers.Serializer[Any]):
    """A task to which it was not done, and why."""

    task = serializers.UUIDField()
    code = serializers.CharField()


class TaskActSerializer(serializers.Serializer[Any]):
    """How far an act is. `left_out` names the first 100 of `left_out_count`; `undo` is the id to
    take it back by, null where that cannot be."""

    id = serializers.UUIDField()
    act = serializers.ChoiceField(choices=Act.Deed.choices)
    state = serializers.ChoiceField(choices=Act.State.choices)
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    left_out_count = serializers.IntegerField()
    left_out = NotDoneSerializer(many=True)
    undo = serializers.UUIDField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class ActsView(APIView):
    """Doing one thing to many tasks."""

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=TaskActRequest,
        responses={200: TaskActSerializer, 202: TaskActSerializer},
    )
    def post(self, request: Request, dataset: str) -> Response:
        """Do it to up to 500 tasks at once, to more in the background."""
        refuse_unknown_parameters(request, [])
        user, key = user_of(request), key_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        said = TaskActRequest.parse(request.data)
        capability = Capability.LABEL if said["act"] == Act.Deed.ANSWER else Capability.MANAGE
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=capability)
        if said["act"] == Act.Deed.ANSWER and found.interface not in QUESTIONS:
            raise Invalid("not_for_interface", "Here each image is answered by itself.")
        if ("tasks" in said) == ("filter" in said):
            raise Invalid("which_tasks", "Name either tasks or a filter.")
        wanted = read_json(said["filter"]) if "filter" in said else None
        read_filter(wanted or {})
        asked = Asked(
            deed=said["act"],
            saying=_saying(said, found),
            tasks=said.get("tasks"),
            wanted=wanted,
            expected=said.get("expected"),
            key=key,
            request_hash=fingerprint_of(request),
        )
        act = act_on_many(user=user, dataset=found, asked=asked)
        if act.state == Act.State.DONE:
            return Response(_rendered(act))
        headers = {"Location": f"/api/datasets/{found.slug}/tasks/acts/{act.pk}/"}
        return Response(_rendered(act), status=202, headers=headers)


class ActView(APIView):
    """An act of mine."""

    @extend_schema(responses=TaskActSerializer)
    def get(self, request: Request, dataset: str, act: uuid.UUID) -> Response:
        """Return how far it is."""
        refuse_unknown_parameters(request, [])
        return Response(_rendered(_act(request, dataset, act)))

    @extend_schema(responses={200: TaskActSerializer})
    def delete(self, request: Request, dataset: str, act: uuid.UUID) -> Response:
        """Stop it; what was done stays done."""
        refuse_unknown_parameters(request, [])
        return Response(_rendered(cancel_act(act=_act(request, dataset, act))))


class UndoActView(APIView):
    """Taking an act back."""

    @extend_schema(request=None, responses=TaskActSerializer)
    def post(self, request: Request, dataset: str, act: uuid.UUID) -> Response:
        """Give tags, priorities and people back; what others changed since stays."""
        refuse_unknown_parameters(request, [])
        found = _act(request, dataset, act)
        return Response(_rendered(undo(user=user_of(request), act=found)))


def _act(request: Request, dataset: str, act: uuid.UUID) -> Act:
    user = user_of(request)
    found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
    mine = get_act_for(user=user, dataset=found, pk=act)
    if mine.deed != Act.Deed.ANSWER:
        get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
    return mine


def _saying(said: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    """What goes with an act; raises Invalid `incomplete`, `not_labelling` and as exports do."""
    read = SAYINGS.get(said["act"])
    return read(said, dataset) if read else {}


def _tags(said: dict[str, Any], _: Dataset) -> dict[str, Any]:
    add, remove = (sorted({*said.get(name, [])}) for name in ("add", "remove"))
    if not (add or remove) or {*add} & {*remove}:
        raise Invalid("incomplete", "Name tags to add or to remove, none for both.")
    return {"add": add, "remove": remove}


def _priority(said: dict[str, Any], _: Dataset) -> dict[str, Any]:
    return {"priority": _named(said, "priority")}


def _people(said: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    people = sorted({*_named(said, "people")})
    if not Plan(dataset).may_label(people):
        raise Invalid("not_labelling", "Somebody of these may not label here.")
    return {"people": [str(person) for person in people]}


def _export(said: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    named = {name: _named(said, name) for name in ("format", "which")}
    options = ExportOptions(**named, **{name: said[name] for name in EXTRAS if name in said})
    check_options(dataset=dataset, options=options)
    return asdict(options)


def _reason(said: dict[str, Any], _: Dataset) -> dict[str, Any]:
    return {"reason": said.get("reason", "")}


def _answer(said: dict[str, Any], _: Dataset) -> dict[str, Any]:
    answer = {"answer": _named(said, "answer"), "accept": said.get("accept", [])}
    return {**answer, "spans": [], "attributes": {}, "seconds": None}


def _named(said: dict[str, Any], name: str) -> Any:
    if name not in said:
        raise Invalid("incomplete", f"Name `{name}`.")
    return said[name]


SAYINGS = {
    Act.Deed.TAG: _tags,
    Act.Deed.PRIORITY: _priority,
    Act.Deed.ASSIGN: _people,
    Act.Deed.EXPORT: _export,
    Act.Deed.REQUEUE: _reason,
    Act.Deed.ANSWER: _answer,
}


def _rendered(act: Act) -> dict[str, Any]:
    data = {"id": act.pk, "act": act.deed, "state": act.state, "total": act.total or 0}
    data |= {**outcome_of(act), "undone_at": act.undone_at}
    return dict(TaskActSerializer(data).data)
