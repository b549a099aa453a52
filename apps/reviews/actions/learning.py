"""Learning how each annotator works, from the answers to a dataset's tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import fmean

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from apps.datasets.config import DatasetConfig, TargetError
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.reviews.domain.class_ballots import Asked
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.known import Known, learn_from_answers
from apps.reviews.domain.shift import learn_shift
from apps.reviews.domain.trust import earn_trust
from apps.reviews.learnt import known_of
from apps.reviews.models import Merge, Skills
from apps.reviews.policy import confidence_in
from apps.reviews.reviewed import decided_in
from apps.reviews.stored import answers_of, question_of
from apps.tasks.models import Revision, Task
from concord.events.actions import record
from concord.events.models import Event
from concord.jobs.actions import enqueue
from concord.jobs.queries import is_busy
from concord.rows import all_rows

KIND = "reviews.learn"
MANY_ANSWERS = 200
PATIENCE_SECONDS = 300
"""Learning waits for so many answers, or for so long after the first."""
MOST_MERGED = 1_000
"""Tasks on which it is tried what would pass."""
MOST_SHAPES = 100_000
"""Beyond, a fixed random part of the tasks is read: so many shapes tell enough of everybody."""
CHUNK = 200
KEPT = timedelta(hours=1)

Beat = Callable[[], None]

# Decisions teach nothing of how people work, but what is measured beside them changes.
# The newest event may commit after an older one was read: then it waits for the next that comes.
UNLEARNT = """
SELECT d.id
  FROM datasets_dataset d
       LEFT JOIN LATERAL (
           SELECT event FROM reviews_skills WHERE dataset_id = d.id ORDER BY id DESC LIMIT 1
       ) learnt ON true
       CROSS JOIN LATERAL (
           SELECT count(*) AS answers, min(at) AS since
             FROM (SELECT at FROM concord_event
                    WHERE dataset_id = d.id AND id > coalesce(learnt.event, 0)
                      AND kind IN ('answer.created', 'answer.updated', 'decision.made')
                    ORDER BY id LIMIT %(many)s) few
       ) news
 WHERE d.deleted_at IS NULL
   AND (news.answers >= %(many)s OR news.since < now() - make_interval(secs => %(patience)s))
"""

# By a hash, so that the tasks read are the same part of the dataset each time.
SAMPLE = """
SELECT m.task_id FROM reviews_merge m JOIN tasks_task t ON t.id = m.task_id
 WHERE m.dataset_id = %s AND cardinality(m.revisions) > 1 AND t.withdrawn_at IS NULL
 ORDER BY md5(m.task_id::text)
"""


def order_learning() -> int:
    """Queue the learning of every dataset that has news enough; returns how many."""
    found = all_rows(UNLEARNT, {"many": MANY_ANSWERS, "patience": PATIENCE_SECONDS})
    due = [pk for (pk,) in found if not is_busy(dataset_id=pk, prefix=KIND)]
    for dataset in due:
        enqueue(kind=KIND, args={"dataset": str(dataset)}, dataset_id=dataset)
    return len(due)


def learn(*, dataset: Dataset, beat: Beat) -> Skills:
    """Learn from the answers to `dataset` as they are now, and keep what later merges go by.

    Old skills that no merge names are removed.
    """
    last = Event.objects.filter(dataset_id=dataset.id).aggregate(id=Max("id"))["id"] or 0
    asked = list(_read(dataset, beat))
    known = _with_reviews(dataset, learn_from_answers(asked))
    # Merging takes long: not in the transaction.
    passing = _passing(asked[:MOST_MERGED], known)
    with transaction.atomic():
        _tell_of_shift(dataset, known)
        skills = Skills.objects.create(
            dataset=dataset, people=known.as_dict(), passing=passing, tasks=len(asked), event=last
        )
        used = Merge.objects.filter(dataset=dataset, skills__isnull=False)
        # Not the youngest: a merge under way may be about to name them.
        stale = Skills.objects.filter(dataset=dataset, learnt_at__lt=Now() - KEPT)
        stale.exclude(pk__in=used.values("skills")).delete()
    return skills


def _with_reviews(dataset: Dataset, known: Known) -> Known:
    """Return what is known together with what reviewers found of such proposals."""
    config, decided = DatasetConfig.of(dataset), list(decided_in(dataset, known))
    policy = config.review_policy
    targets = [policy.target_error] if isinstance(policy, TargetError) else []
    parts = [part for each in decided for part in each.parts]
    known = replace(known, trust=earn_trust(parts, targets))
    if known.boxes is None or not config.shared_shift:
        return known
    shift = learn_shift([pair for each in decided for pair in each.boxes])
    return replace(known, boxes=replace(known.boxes, shift=shift))


def _tell_of_shift(dataset: Dataset, known: Known) -> None:
    """Record a shift that is not the one in force until now."""
    _, before = known_of(dataset.id)
    was, now = (each.boxes and each.boxes.shift for each in (before, known))
    if was != now:
        told = {"shift": now}
        record(kind="skills.shift", actor=None, dataset_id=dataset.id, subject=dataset, data=told)


def _passing(asked: Sequence[Asked], known: Known) -> list[dict[str, float]]:
    """Return for each target that can be promised which share of these tasks would pass unseen."""
    promised = [each.target for each in known.trust.acceptances if each.threshold is not None]
    if not promised or not asked:
        return []
    merged = [(question, consolidate(question, answers, known)) for question, answers in asked]
    policies = [TargetError(target, audit=1.0) for target in promised]
    return [
        {
            "target": policy.target_error,
            "share": fmean(
                confidence_in(question, found, known, policy).is_enough
                for question, found in merged
            ),
        }
        for policy in policies
    ]


def _read(dataset: Dataset, beat: Beat) -> Iterator[Asked]:
    """The tasks that several people answered, each with the answers that its merge counts."""
    ids, shapes = [pk for (pk,) in all_rows(SAMPLE, [dataset.pk])], 0
    merged = merged_labels(dataset.pk)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        tasks = Task.objects.select_related("dataset").in_bulk(chunk)
        counted = dict(Merge.objects.filter(task__in=tasks).values_list("task", "revisions"))
        rows = Revision.objects.in_bulk([row for rows in counted.values() for row in rows])
        for task, revisions in counted.items():
            read = [rows[revision] for revision in revisions]
            shapes += sum(len(revision.spans) for revision in read)
            yield question_of(tasks[task]), answers_of(read, merged)
        beat()
        if shapes > MOST_SHAPES:
            return
