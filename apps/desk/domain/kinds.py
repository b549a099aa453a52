"""All kinds of events that there are, by what somebody looks for in the audit log."""

from __future__ import annotations

from collections.abc import Iterable

GROUPS: dict[str, tuple[str, ...]] = {
    "sign_in": (
        "user.signed_in",
        "user.sign_in_failed",
        "user.signed_out",
        "user.session_ended",
        "user.sessions_ended",
        "user.password_changed",
        "user.password_reset",
        "user.second_factor_set",
        "user.second_factor_removed",
        "user.second_factor_reset",
        "user.recovery_codes_made",
        "user.recovery_code_used",
        "user.single_sign_on_linked",
    ),
    "account": (
        "user.created",
        "user.changed",
        "user.made_admin",
        "user.admin_ended",
        "user.deactivated",
        "user.reactivated",
        "token.created",
        "token.revoked",
        "invitation.sent",
        "invitation.withdrawn",
        "invitation.accepted",
    ),
    "member": (
        "member.added",
        "member.changed",
        "member.removed",
        "member.invited",
        "member.uninvited",
    ),
    "dataset": (
        "dataset.created",
        "dataset.cloned",
        "dataset.changed",
        "dataset.archived",
        "dataset.opened_again",
        "dataset.deleted",
        "dataset.restored",
        "dataset.purged",
        "dataset.remerged",
        "guideline.saved",
        "skills.shift",
    ),
    "label": (
        "label.added",
        "label.changed",
        "label.retired",
        "label.taken_up_again",
        "label.merged",
        "label.unmerged",
        "labels.ordered",
    ),
    "data": (
        "import.created",
        "import.done",
        "import.failed",
        "import.paused",
        "import.resumed",
        "import.retried",
        "import.cancelled",
        "import.storage_full",
        "import.undo_ordered",
        "import.undone",
        "image.replaced",
        "image.taken_down",
        "images.known",
        "composition.created",
        "composition.cancelled",
        "composition.done",
        "predictions.taken",
        "model_server.created",
        "model_server.changed",
        "model_server.deleted",
        "model_server.asked",
        "connection.created",
        "connection.granted",
        "connection.deleted",
    ),
    "export": (
        "export.created",
        "export.finished",
        "export.downloaded",
        "snapshot.made",
        "snapshot.deleted",
        "events.exported",
    ),
    "webhook": (
        "webhook.created",
        "webhook.changed",
        "webhook.deleted",
        "webhook.stopped",
    ),
    "act": ("act.ordered", "act.cancelled", "act.undone"),
    "review": (
        "decision.made",
        "review.finalised",
        "review.names_shown",
        "task.sent_back",
        "task.taken_back",
        "task.unlocked",
        "task.looked_at_again",
        "task.requeued",
        "gold.marked",
        "gold.retired",
    ),
    "talk": (
        "task.flagged",
        "flag.resolved",
        "thread.opened",
        "thread.resolved",
        "thread.reopened",
        "comment.written",
        "comment.edited",
        "comment.deleted",
        "comment.restored",
    ),
    "work": (
        "answer.created",
        "answer.updated",
        "task.skipped",
        "task.state",
        "task.withdrawn",
        "task.asked_anew",
        "lease.released",
    ),
    "mail": ("mail.failed",),
}

KINDS = tuple(kind for kinds in GROUPS.values() for kind in kinds)
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}

OTHER = "other"
"""The group of a kind that a newer version wrote down."""


def group_of(kind: str) -> str:
    """Return what a kind belongs to."""
    return GROUP_OF.get(kind, OTHER)


def kinds_in(groups: Iterable[str]) -> list[str]:
    """Return all kinds of some groups."""
    return [kind for group in groups for kind in GROUPS[group]]
