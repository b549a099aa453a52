"""Tasks, the slots through which they are worked on, and the answers given."""

from apps.tasks.models.answers import Answer, Draft, Revision, Suggestion, Verdict
from apps.tasks.models.compositions import Composition
from apps.tasks.models.flags import Flag
from apps.tasks.models.gold import Gold, Probe
from apps.tasks.models.queue import Place, Queue
from apps.tasks.models.returns import Return
from apps.tasks.models.slots import Pass, Purpose, Slot, SlotQuerySet, SlotState
from apps.tasks.models.tasks import Task, TaskImage, TaskQuerySet, TaskState
from apps.tasks.models.threads import Comment, Mention, Thread
from apps.tasks.models.words import Words

__all__ = [
    "Answer",
    "Comment",
    "Composition",
    "Draft",
    "Flag",
    "Gold",
    "Mention",
    "Pass",
    "Place",
    "Probe",
    "Purpose",
    "Queue",
    "Return",
    "Revision",
    "Slot",
    "SlotQuerySet",
    "SlotState",
    "Suggestion",
    "Task",
    "TaskImage",
    "TaskQuerySet",
    "TaskState",
    "Thread",
    "Verdict",
    "Words",
]
