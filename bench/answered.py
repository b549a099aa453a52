"""A dataset that people have answered, merged and partly decided: written by statements too."""

from __future__ import annotations

from typing import Any

from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset, Label, Membership, Role
from bench.datasets import make_dataset

PEOPLE, ANSWERS = 12, 3
WRONG = 0.08
"""How often somebody gives a box the other label; as often they leave it out."""

# Two boxes to a task: `l` labels them right (1) or wrong (0), null where they were left out.
FILL = """
CREATE TEMPORARY TABLE said ON COMMIT DROP AS
SELECT t.id AS task, t.order_key AS n, k, uuidv7() AS answer, uuidv7() AS revision,
       (%(people)s::uuid[])[
           1 + (t.order_key * 7 + k * (1 + t.order_key %% 3)) %% %(count)s] AS person,
       uuidv7()::text AS first, uuidv7()::text AS second,
       (random() > %(wrong)s)::int AS l1,
       CASE WHEN random() > %(wrong)s THEN (random() > %(wrong)s)::int END AS l2,
       round(random()::numeric * 8 - 4, 1) AS dx, round(random()::numeric * 8 - 4, 1) AS dy
  FROM tasks_task t, generate_series(0, 2) k WHERE t.dataset_id = %(dataset)s;
INSERT INTO tasks_answer (id, task_id, dataset_id, user_id, head_id, probe, created_at, updated_at)
SELECT answer, task, %(dataset)s, person, revision, false, at, at
  FROM said, LATERAL (SELECT now() - make_interval(hours => ((n * 17 + k) %% 720)::int) AS at) t;
INSERT INTO tasks_revision (id, answer_row_id, task_id, dataset_id, user_id, seq, answer, spans,
        accept, attributes, seconds, late, client_key, request_hash, config_version, created_at)
SELECT revision, answer, task, %(dataset)s, person, 1, 'accept',
       jsonb_build_array(jsonb_build_object('id', first, 'type', 'rect', 'x', 300 + dx,
           'y', 200 + dy, 'width', 180 + dy, 'height', 90 - dx,
           'label_id', (%(labels)s::text[])[2 - l1]))
       || CASE WHEN l2 IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(
           'id', second, 'type', 'rect', 'x', 1200 - dx, 'y', 600 + dx, 'width', 60 - dy,
           'height', 40 + dx, 'label_id', (%(labels)s::text[])[1 + l2])) END,
       '[]', '{}', 5 + random() * 40, false, revision::text, '', 1, now()
  FROM said;
CREATE TEMPORARY TABLE merged ON COMMIT DROP AS
SELECT task, n, array_agg(revision ORDER BY person) AS revisions,
       array_agg(person ORDER BY person) AS people, uuidv7()::text AS o1, uuidv7()::text AS o2,
       jsonb_agg(jsonb_build_object('annotator', person, 'span', first) ORDER BY person) AS m1,
       coalesce(jsonb_agg(jsonb_build_object('annotator', person, 'span', second)
           ORDER BY person) FILTER (WHERE l2 IS NOT NULL), '[]') AS m2,
       sum(l1) IN (0, 3) AS same1, count(l2) AS seen2,
       coalesce(sum(l2), 0) IN (0, count(l2)) AS same2
  FROM said GROUP BY task, n;
INSERT INTO reviews_merge (task_id, dataset_id, task_version, algorithm, revisions, result,
        confidence, merged_at)
SELECT task, %(dataset)s, 1, 'bench', revisions, jsonb_build_object('answer', 'accept',
       'answer_votes', '[]'::jsonb, 'accept', NULL, 'option_votes', '[]'::jsonb, 'of', 3,
       'conflicts', '[]'::jsonb, 'blocks', '{}'::jsonb, 'confidence', 0.9, 'algorithm', 'bench',
       'objects', jsonb_build_array(
         jsonb_build_object('span', jsonb_build_object('id', o1, 'type', 'rect', 'x', 300, 'y', 200,
           'width', 180, 'height', 90, 'label', (%(labels)s::text[])[1]), 'members', m1),
         jsonb_build_object('span', jsonb_build_object('id', o2, 'type', 'rect', 'x', 1200,
           'y', 600, 'width', 60, 'height', 40, 'label', (%(labels)s::text[])[2]),
           'members', m2))),
       0.9, now() - make_interval(hours => (n %% 240)::int)
  FROM merged;
CREATE TEMPORARY TABLE placed ON COMMIT DROP AS
SELECT *, CASE WHEN same1 AND same2 AND seen2 = 3 THEN 'agreed'
               WHEN n %% 3 > 0 THEN 'decided' ELSE 'waits' END AS fate FROM merged;
UPDATE reviews_taskfacts f
   SET state = CASE fate WHEN 'waits' THEN 'conflicted' ELSE 'final' END,
       labels = %(labels)s::text[],
       conflict_kinds = CASE fate WHEN 'waits' THEN '{label}'::text[] ELSE '{}' END,
       annotators = people, answers = 3, confidence = 0.9,
       verdict = CASE fate WHEN 'waits' THEN '' ELSE 'accept' END,
       shapes = 2, sizes = ARRAY[sqrt(60 * 40), sqrt(180 * 90)], updated_at = now()
  FROM placed WHERE f.task_id = placed.task;
INSERT INTO reviews_final (task_id, dataset_id, origin, answer, spans, accept, attributes,
        provenance, decided_by_id, created_at)
SELECT task, %(dataset)s, fate, 'accept', jsonb_build_array(
         jsonb_build_object('id', o1, 'type', 'rect', 'x', 300, 'y', 200, 'width', 180,
           'height', 90, 'label_id', (%(labels)s::text[])[1]),
         jsonb_build_object('id', o2, 'type', 'rect', 'x', 1200, 'y', 600, 'width', 60,
           'height', 40, 'label_id', (%(labels)s::text[])[2])), '[]', '{}',
       jsonb_build_object('objects', jsonb_build_array(
         jsonb_build_object('span', o1, 'kept', true, 'members', m1, 'rulings', '[]'::jsonb),
         jsonb_build_object('span', o2, 'kept', true, 'members', m2, 'rulings', '[]'::jsonb))),
       CASE fate WHEN 'decided' THEN %(reviewer)s END, now()
  FROM placed WHERE fate <> 'waits';
UPDATE tasks_task t SET state = CASE fate WHEN 'waits' THEN 'conflicted' ELSE 'final' END,
       locked_at = CASE fate WHEN 'decided' THEN now() END, overlap = 3
  FROM placed WHERE t.id = placed.task;
"""


def make_answered(*, slug: str, tasks: int, owner: User) -> Dataset:
    """A dataset of which every task has three answers of two boxes each, by twelve people.

    Where they differ the owner has decided two of three tasks; the others wait.
    """
    dataset = make_dataset(slug=slug, tasks=tasks, owner=owner)
    people = [
        User.objects.get_or_create(email=f"{slug}-{place}@example.org")[0]
        for place in range(PEOPLE)
    ]
    Membership.objects.bulk_create(
        Membership(dataset=dataset, user=user, role=Role.ANNOTATOR) for user in people
    )
    labels = Label.objects.filter(dataset=dataset).order_by("position")
    values: dict[str, Any] = {
        "dataset": dataset.pk,
        "people": [user.pk for user in people],
        "count": PEOPLE,
        "labels": [str(label.pk) for label in labels],
        "wrong": WRONG,
        "reviewer": owner.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT setseed(0.5)")
        for statement in FILL.strip().split(";\n"):
            cursor.execute(statement, values)
        cursor.execute("COMMIT")
        cursor.execute("VACUUM ANALYZE")
    return dataset
