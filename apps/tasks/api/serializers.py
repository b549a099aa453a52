"""The forms in which tasks and answers travel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.annotators.models import User
from apps.datasets.api import forms
from apps.datasets.api.serializers import OptionSerializer
from apps.datasets.domain.shapes import ShapeType
from apps.datasets.models import Interface
from apps.tasks.actions.claiming import MOST_AT_ONCE
from apps.tasks.actions.leasing import Lease, sign_lease
from apps.tasks.models import Pass, Return, Task, TaskImage, TaskState, Verdict
from apps.tasks.pages import TaskPage
from concord.http.serializers import JsonOf, StrictSerializer


class SpanSerializer(serializers.Serializer[Any]):
    """A shape in float pixels of the upright image, with all that other tools wrote into it."""

    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the wire's word
    type = serializers.ChoiceField(choices=get_args(ShapeType))
    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()
    points = serializers.ListField(child=JsonOf(forms.POINT))
    center = JsonOf(forms.POINT)


class SpanRequest(SpanSerializer):
    """A shape as somebody drew it: `x, y, width, height`, `points`, or both if they agree.

    Keys that are not named here are kept and come back. `apps.tasks.spans` checks it.
    """

    def get_fields(self) -> dict[str, Any]:
        """Of all that a shape has, only its label is always needed."""
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "label"
        return fields


@extend_schema_field(SpanRequest)
class DrawnSpanField(serializers.DictField):
    """A shape that comes in."""


@extend_schema_field(SpanSerializer)
class SpanField(serializers.DictField):
    """A shape that goes out."""


@extend_schema_field(OptionSerializer)
class OptionField(serializers.DictField):
    """One thing to choose."""


class OptionIdsField(serializers.ListField):
    """Options that were chosen."""

    child = JsonOf(forms.OPTION_ID)


class NextRequest(StrictSerializer):
    """How many tasks the page wants to hold."""

    count = serializers.IntegerField(min_value=1, max_value=MOST_AT_ONCE, default=1)


class AnswerRequest(StrictSerializer):
    """One answer. `spans` and `accept` are checked against the dataset afterwards."""

    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=DrawnSpanField(), default=list)
    accept = OptionIdsField(default=list, max_length=1000)
    attributes = serializers.DictField(default=dict)
    lease = serializers.CharField(max_length=100, default=None, allow_null=True)
    base = serializers.IntegerField(min_value=0, default=None, allow_null=True)
    seconds = serializers.FloatField(min_value=0, max_value=86400, default=None, allow_null=True)


class LeaseRequest(StrictSerializer):
    """The lease to keep."""

    lease = serializers.CharField(max_length=100)


class DraftRequest(StrictSerializer):
    """What the page has so far; kept as it is and given back as it is.

    `base` is the version that it builds on, 0 for none; without one the last save wins.
    """

    body = serializers.DictField()
    base = serializers.IntegerField(min_value=0, default=None, allow_null=True)


class DraftReply(serializers.Serializer[Any]):
    """The version that was saved."""

    version = serializers.IntegerField()


class SkipRequest(StrictSerializer):
    """Why a task is given back."""

    reason = serializers.ChoiceField(choices=Pass.Reason.choices)
    comment = serializers.CharField(max_length=2000, default="", allow_blank=True)


class ImageSerializer(serializers.Serializer[Any]):
    """An image of a task: pixels of the upright rendition.

    `level` is where a large image is to be had in fewer pixels, to be shown stretched over the full
    ones; coordinates stay those of the full. Null for images that are shown as they are.

    One to pick from is known by its tile alone, which is the id of its option, too.
    """

    id = serializers.UUIDField()
    tile = serializers.UUIDField(allow_null=True)
    url = serializers.CharField()
    level = serializers.CharField(allow_null=True)
    thumbnail = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    name = serializers.CharField()


class ReasonSerializer(serializers.Serializer[Any]):
    """Why something is as it is."""

    code = serializers.CharField()
    text = serializers.CharField()


class SuggestionSerializer(serializers.Serializer[Any]):
    """What a model or an import would answer."""

    id = serializers.UUIDField()
    model = serializers.CharField()
    version = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]  # the wire's word
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()


class RegionSerializer(serializers.Serializer[Any]):
    """A place on the image, in pixels of the upright one."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()


class ReturnSerializer(serializers.Serializer[Any]):
    """What a reviewer said of an answer: null as a `region` is the whole image, `span` the id of
    the author's own shape that it is about, if it is about one."""

    id = serializers.UUIDField()
    fault = serializers.ChoiceField(choices=Return.Fault.choices)
    comment = serializers.CharField()
    region = RegionSerializer(allow_null=True)
    span = serializers.CharField()


class TaskSerializer(serializers.Serializer[Any]):
    """A task as the labelling page gets it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=TaskState.choices)
    lease = serializers.CharField(allow_null=True)
    lease_expires_at = serializers.DateTimeField(allow_null=True)
    images = ImageSerializer(many=True)
    spans = serializers.ListField(child=SpanField())
    suggestions = SuggestionSerializer(many=True)
    options = serializers.ListField(child=OptionField(), allow_null=True)
    question = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the wire's word
    meta = serializers.DictField()
    why = ReasonSerializer()
    returns = ReturnSerializer(many=True)
    draft = serializers.DictField(allow_null=True)
    draft_version = serializers.IntegerField()
    revision = serializers.IntegerField()


class NoWorkSerializer(serializers.Serializer[Any]):
    """Why there is no task."""

    code = serializers.ChoiceField(choices=["done", "all_leased", "not_allowed", "importing"])
    detail = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)


class NextReply(serializers.Serializer[Any]):
    """What I hold, or why I hold nothing."""

    tasks = TaskSerializer(many=True)
    reason = NoWorkSerializer(allow_null=True)
    left = serializers.IntegerField()


class StandingSerializer(serializers.Serializer[Any]):
    """Where a task stands after a change."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=TaskState.choices)
    version = serializers.IntegerField()


class TruthSerializer(serializers.Serializer[Any]):
    """The known answer."""

    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=SpanField())
    accept = OptionIdsField()
    attributes = serializers.DictField()


class ToldSerializer(serializers.Serializer[Any]):
    """How an answer compares with the known one: `score` is 1 where it is `right`, 0 at worst."""

    score = serializers.FloatField()
    right = serializers.BooleanField()
    truth = TruthSerializer()


class AnswerReply(serializers.Serializer[Any]):
    """What became of an answer; `late` when its slot was gone and it is kept aside. `gold` is null
    unless the answer was known and the dataset tells people how they did."""

    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    late = serializers.BooleanField()
    task = StandingSerializer()
    gold = ToldSerializer(allow_null=True)


class LeaseReply(serializers.Serializer[Any]):
    """Until when the task is mine."""

    lease_expires_at = serializers.DateTimeField()


def render_images(task: Task, rows: Iterable[TaskImage]) -> list[dict[str, Any]]:
    """Return images of a task with the addresses of their bytes.

    Images to pick from have neither id nor name nor address of their own: by these somebody could
    tell that one comes again, and that its answer is known.
    """
    picks = task.dataset.interface == Interface.IMAGE_CHOICE
    return [_tile(row) if picks else _image(row) for row in rows]


def _image(row: TaskImage) -> dict[str, Any]:
    known_as = {"id": row.image_id, "tile": None, "name": row.image.name}
    return {**known_as, **_bytes(f"/api/images/{row.image_id}", row)}


def _tile(row: TaskImage) -> dict[str, Any]:
    known_as = {"id": row.tile, "tile": row.tile, "name": ""}
    return {**known_as, **_bytes(f"/api/tiles/{row.tile}", row)}


def _bytes(address: str, row: TaskImage) -> dict[str, Any]:
    return {
        "url": f"{address}/file/",
        "level": f"{address}/level/" if row.image.blob.level_sha256 else None,
        "thumbnail": f"{address}/thumbnail/",
        "width": row.image.blob.width,
        "height": row.image.blob.height,
    }


def render_task(page: TaskPage, *, user: User, lease: Lease | None) -> dict[str, Any]:
    """Return a task for the labelling page, in the form of `TaskSerializer`.

    Written out by hand: this is asked for with every task, and serializers of serializers take ten
    times as long to say the same.
    """
    return {
        "id": page.task.id,
        "version": page.task.version,
        "state": page.task.state,
        "lease": sign_lease(lease=lease, user=user) if lease else None,
        "lease_expires_at": lease.expires_at if lease else None,
        "images": render_images(page.task, page.images),
        "spans": page.spans,
        "suggestions": page.suggestions,
        "options": page.options,
        "question": page.question,
        "label": page.task.label,
        "meta": page.task.meta,
        "why": page.why,
        "returns": [dict(ReturnSerializer(row).data) for row in page.returns],
        "draft": page.draft.body if page.draft else None,
        "draft_version": page.draft.version if page.draft else 0,
        "revision": page.revision,
    }
