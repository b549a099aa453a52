"""Who may do what: the one table that the API, the querysets and the pages read.

A capability is named by its act. Roles include those below them, so each capability names the
lowest role that has it; an instance admin is a manager everywhere.
"""

from __future__ import annotations

from enum import StrEnum

from apps.datasets.models import Role

RANK = {Role.VIEWER: 0, Role.ANNOTATOR: 1, Role.REVIEWER: 2, Role.MANAGER: 3}


class Capability(StrEnum):
    """What a member may be allowed to do in a dataset."""

    SEE_DATASET = "see_dataset"
    SEE_FINALS = "see_finals"
    SEE_IMAGES = "see_images"
    LABEL = "label"
    REVIEW = "review"
    SEE_ANSWERS = "see_answers"
    SEE_MEMBERS = "see_members"
    MANAGE = "manage"
    IMPORT = "import"
    EXPORT = "export"


LOWEST_ROLE: dict[Capability, Role] = {
    Capability.SEE_DATASET: Role.VIEWER,
    Capability.SEE_FINALS: Role.VIEWER,
    Capability.SEE_IMAGES: Role.VIEWER,
    Capability.LABEL: Role.ANNOTATOR,
    Capability.REVIEW: Role.REVIEWER,
    Capability.SEE_ANSWERS: Role.REVIEWER,
    Capability.SEE_MEMBERS: Role.REVIEWER,
    Capability.MANAGE: Role.MANAGER,
    Capability.IMPORT: Role.MANAGER,
    Capability.EXPORT: Role.MANAGER,
}


def allows(role: Role, capability: Capability) -> bool:
    """Whether `role` has `capability`."""
    return RANK[role] >= RANK[LOWEST_ROLE[capability]]


def capabilities_of(role: Role) -> list[Capability]:
    """All that `role` may do, in the table's order."""
    return [capability for capability in Capability if allows(role, capability)]
