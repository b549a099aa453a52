"""Which tasks nobody has worked on, as SQL conditions on a task `t`."""

from __future__ import annotations

from enum import StrEnum


class Kept(StrEnum):
    """Why a task stays when the images of an import are taken out again.

    `answered`: there are answers, a reviewer closed it, or it was withdrawn. `begun`: somebody has
    it on their page, or left a draft. `noted`: somebody flagged it, spoke of it, or said why
    they skipped it.
    """

    ANSWERED = "answered"
    BEGUN = "begun"
    NOTED = "noted"


WHY_KEPT = """CASE
    WHEN t.state <> 'open' OR t.locked_at IS NOT NULL OR t.withdrawn_at IS NOT NULL
         OR EXISTS (SELECT FROM tasks_answer a WHERE a.task_id = t.id)
         OR EXISTS (SELECT FROM tasks_slot s WHERE s.task_id = t.id AND s.state = 'submitted')
    THEN 'answered'
    WHEN EXISTS (SELECT FROM tasks_draft d WHERE d.task_id = t.id)
         OR EXISTS (SELECT FROM tasks_slot s WHERE s.task_id = t.id AND s.state = 'leased'
                       AND s.lease_expires_at > now())
    THEN 'begun'
    WHEN EXISTS (SELECT FROM tasks_flag f WHERE f.task_id = t.id)
         OR EXISTS (SELECT FROM tasks_thread th WHERE th.task_id = t.id)
         OR EXISTS (SELECT FROM tasks_pass p WHERE p.task_id = t.id AND p.comment <> '')
    THEN 'noted'
END"""
"""The reason as a text, NULL for a task that may go. In the order of their weight, which is that of
the alphabet, so that `min()` says why several tasks stay together."""
