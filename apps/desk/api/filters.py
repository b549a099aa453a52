"""The filters of the data browser as the API's document tells of them."""

from __future__ import annotations

import uuid
from datetime import date

from drf_spectacular.utils import OpenApiParameter

from apps.desk.filters import COUNTS, NUMBERS
from apps.reviews.models import ConflictKind
from apps.tasks.models import TaskState, Verdict

PARAMETERS = [
    OpenApiParameter("state", str, enum=TaskState.values, many=True, description="one of these"),
    OpenApiParameter("label", str, many=True, description="the names of labels: one of these"),
    OpenApiParameter("tag", str, many=True, description="one of these"),
    OpenApiParameter(
        "conflict", str, enum=ConflictKind.values, many=True, description="one of these"
    ),
    OpenApiParameter("answers", int, description="how many a complete task has"),
    OpenApiParameter("person", uuid.UUID, description="who answered it"),
    OpenApiParameter("day", date, description="when it was answered first"),
    OpenApiParameter("behind", str, description="the name of a measured number"),
    OpenApiParameter("task", uuid.UUID, description="this one alone"),
    OpenApiParameter("verdict", str, enum=Verdict.values, description="the final answer"),
    OpenApiParameter("flagged", str, enum=["true"], description="with a flag that is open"),
    OpenApiParameter("text", str, description="in its image's name, or in values of its meta"),
    OpenApiParameter("imported_from", date, description="made on this day or later"),
    OpenApiParameter("imported_to", date, description="made on this day or before"),
    OpenApiParameter("import", uuid.UUID, description="brought by this import"),
    *(OpenApiParameter(f"{end}_{name}", float) for name in NUMBERS for end in ("min", "max")),
    *(OpenApiParameter(f"{end}_{name}", int) for name in COUNTS for end in ("min", "max")),
]
