"""By which names the people of a thread are called before a reader, and whom one may call in.

Reviewers, managers among them, know annotators by their letters until the task is final, as on the
review screen; annotators know nobody's name.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from apps.annotators.models import User
from apps.datasets.models import Dataset, Membership, Role
from apps.tasks.letters import letters_in
from apps.tasks.models import Comment, Mention, Return, Slot, SlotState, Task, TaskState, Thread
from apps.tasks.talk import REVIEWING, Reader, speaks_as_reviewer
from concord.errors import Invalid

Side = Literal["reviewer", "annotator"]
REVIEWERS = "reviewers"
"""How an annotator calls those who review: not by their names."""

SAID: Mapping[Side, str] = {"reviewer": "a reviewer", "annotator": "another annotator"}


@dataclass(frozen=True, slots=True)
class Called:
    """A person as a reader knows them: `name` is a name, a letter, or nothing."""

    side: Side
    name: str
    me: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be called in: by which key, under which word, and who that is."""

    key: str
    word: str
    side: Side
    users: Collection[User]


class Names:
    """The names of the people in some threads of one dataset before one reader."""

    def __init__(self, *, reader: Reader, dataset: Dataset, tasks: Iterable[uuid.UUID]) -> None:
        self.reader = reader
        self.letters = letters_in(tasks)
        rows = Membership.objects.filter(dataset=dataset, role__in=REVIEWING)
        self.reviewers = set(rows.values_list("user_id", flat=True))

    def of(self, user: User, *, task: Task, reviewing: bool | None = None) -> Called:
        """Return how `user` is called in a thread on `task`, where they spoke as a reviewer if
        that is known."""
        letter = self.letters.get(task.pk, {}).get(str(user.pk))
        if reviewing is None:
            reviewing = letter is None and (user.pk in self.reviewers or user.is_admin)
        side: Side = "reviewer" if reviewing else "annotator"
        me = user.pk == self.reader.user.pk
        return Called(side=side, name=self._name(user, task, letter, side), me=me)

    def _name(self, user: User, task: Task, letter: str | None, side: Side) -> str:
        if user.pk == self.reader.user.pk:
            return user.display_name
        if not self.reader.reviews:
            return ""
        if letter is not None and not shows_names(reader=self.reader, task=task):
            return letter
        is_known = side == "reviewer" or shows_names(reader=self.reader, task=task)
        return user.display_name if is_known else ""

    def word(self, mention: Mention, *, task: Task) -> str:
        """Return what the text calls somebody when this reader reads it."""
        if mention.word == REVIEWERS:
            return REVIEWERS
        called = self.of(mention.user, task=task)
        if called.me:
            return "you" if not self.reader.reviews else called.name
        return called.name or SAID[called.side]


def shows_names(*, reader: Reader, task: Task) -> bool:
    """Whether annotators are called by their names."""
    return reader.reviews and task.state == TaskState.FINAL


def text_before(comment: Comment, *, names: Names, task: Task) -> str:
    """Return a comment's text with those whom it calls named as its reader knows them."""
    text = comment.text
    if comment.author_id == names.reader.user.pk:
        return text
    words = {row.word: names.word(row, task=task) for row in comment.mentions.all()}
    if not words:
        return text
    # In one pass: a name put in may begin like another's letter.
    called = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(rf"@({called})(?!\w)", lambda found: f"@{words[found[1]]}", text)


def candidates(*, reader: Reader, task: Task, thread: Thread | None = None) -> list[Candidate]:
    """Return whom the reader may call into a thread on `task`: people who can see the task."""
    reviewers = _reviewers(task)
    if not speaks_as_reviewer(reader=reader, task=task):
        answering = _answering(task, thread, reviewers)
        users = [user for user in answering if user.pk != reader.user.pk]
        return [Candidate(REVIEWERS, REVIEWERS, "reviewer", users)] if users else []
    letters = letters_in([task.pk]).get(task.pk, {})
    named = shows_names(reader=reader, task=task)
    annotators = [
        Candidate(letters[str(user.pk)], letters[str(user.pk)], "annotator", [user])
        if not named
        else Candidate(str(user.pk), user.display_name, "annotator", [user])
        for user in _annotators(task, thread, letters)
        if named or str(user.pk) in letters
    ]
    others = [
        Candidate(str(user.pk), user.display_name, "reviewer", [user])
        for user in reviewers
        if user.pk != reader.user.pk
    ]
    return [*annotators, *others]


def _reviewers(task: Task) -> list[User]:
    """Those who may review the dataset and have not answered the task."""
    rows = User.objects.filter(
        memberships__dataset=task.dataset_id, memberships__role__in=REVIEWING, is_active=True
    )
    letters = letters_in([task.pk]).get(task.pk, {})
    return [user for user in rows.order_by("name", "email") if str(user.pk) not in letters]


def _annotators(task: Task, thread: Thread | None, letters: Mapping[str, str]) -> list[User]:
    """Those who answered the task, in the order of their letters, then those who have it before
    them. In a thread about a probe there is only who was asked."""
    if thread is not None and thread.probe_id is not None:
        return [thread.opened_by]
    held = Slot.objects.filter(task=task, state=SlotState.LEASED).values_list("user_id", flat=True)
    order = [*letters, *(str(user) for user in held if str(user) not in letters)]
    members = Membership.objects.filter(dataset=task.dataset_id).exclude(role=Role.VIEWER)
    people = User.objects.filter(pk__in=members.values("user"), is_active=True).in_bulk(order)
    return [people[uuid.UUID(user)] for user in order if uuid.UUID(user) in people]


def _answering(task: Task, thread: Thread | None, reviewers: list[User]) -> list[User]:
    """Those who answer an annotator: who has spoken in the thread or returned their work, or, as
    long as nobody has, all who review."""
    spoken = Comment.objects.filter(thread=thread, reviewing=True) if thread else None
    known = set(spoken.values_list("author_id", flat=True)) if spoken is not None else set()
    if not known:
        known = set(Return.objects.filter(task=task).values_list("reviewer_id", flat=True))
    return [user for user in reviewers if user.pk in known] or reviewers


def resolve_keys(keys: Iterable[str], among: Iterable[Candidate]) -> list[tuple[str, User]]:
    """Return the words and people that `keys` name; raises Invalid `unknown_person`."""
    known = {each.key: each for each in among}
    called: dict[uuid.UUID, tuple[str, User]] = {}
    for key in keys:
        if key not in known:
            raise Invalid("unknown_person", f"There is nobody {key!r} here who sees this task.")
        for user in known[key].users:
            called.setdefault(user.pk, (known[key].word, user))
    return list(called.values())
