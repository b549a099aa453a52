"""The floor's tables, gathered for Django from the folders that own them."""

from concord.events.models import Event, EventReader
from concord.http.models import IdempotencyRecord
from concord.jobs.models import Job

__all__ = ["Event", "EventReader", "IdempotencyRecord", "Job"]
