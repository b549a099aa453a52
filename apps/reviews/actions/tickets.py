"""What a reviewer holds while a task is before them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReviewTicket:
    """The right of one reviewer to decide one task until a moment of the database's clock.

    With `again` another reviewer has decided it, of which this one sees nothing.
    """

    task_id: uuid.UUID
    token: uuid.UUID
    expires_at: datetime
    user_id: uuid.UUID
    again: bool = False
