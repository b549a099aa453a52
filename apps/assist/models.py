"""What models were worth, and the servers that are asked for predictions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apps.datasets.models import Dataset
from apps.tasks.models import Suggestion, Task
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Comparison(models.Model):
    """What one version of a model last said of a task, held to the task's final answer.

    `said`, `hits` and `wanted` as in `domain.comparing.Judged`; `unchanged` and `changed` count
    what people took over from it. There is none for a task without a final answer.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=100)
    version = models.CharField(max_length=100, blank=True)
    said = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    wanted = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "model", "version"], name="compared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.version} on {self.task_id}"


class ModelFigures(models.Model):
    """How the models of a dataset do: one row, its `rows` replaced as a whole.

    Tasks that changed up to `through` are compared; `stale` says that models said more since
    `rows` were added up.
    """

    dataset = models.OneToOneField(
        Dataset, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    rows = models.JSONField(default=list)
    through = models.DateTimeField(null=True)
    stale = models.BooleanField(default=True)
    measured_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"models of {self.dataset_id}"


class ModelServer(models.Model):
    """A server that a dataset's managers let Concord ask for predictions.

    `labels` name the classes of a model that answers with numbers, in their order. Shapes with a
    score below `threshold` are left out. `token` is sealed, empty for a door that is open.
    """

    class Kind(models.TextChoices):
        CONCORD = "concord"
        KSERVE = "kserve"
        TENSORFLOW = "tensorflow"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    url = models.CharField(max_length=2000)
    model = models.CharField(max_length=100, blank=True)
    version = models.CharField(max_length=100, blank=True)
    labels = models.JSONField(default=list)
    threshold = models.FloatField(default=0.0)
    batch = models.PositiveSmallIntegerField(default=8)
    token = models.BinaryField(default=b"")
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="model_server_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PredictionRun(models.Model):
    """Asking a server about all that waits for answers: how far it is, and how it ended.

    Tasks (images, where people judge boxes) are gone through by id; `place` is the last one that
    was asked about. `threshold`, `batch` and `version` are those of the server, unless whoever
    started it said otherwise; what is changed there meanwhile is for the next run. `predicted` are
    those that the model said something of which was kept; `left_out` counts those of which nothing
    could be, and `reasons` have a few of them.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    server = models.ForeignKey(ModelServer, on_delete=models.CASCADE, related_name="runs")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.RUNNING)
    threshold = models.FloatField(default=0.0)
    batch = models.PositiveSmallIntegerField(default=8)
    version = models.CharField(max_length=100, blank=True, default="")
    place = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    predicted = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)
    error_code = models.CharField(max_length=60, blank=True)
    error_detail = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["server"], condition=models.Q(state="running"), name="one_run_of_a_server"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.server_id} {self.state}"
