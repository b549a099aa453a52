"""A dataset that is nearly done: each task has three slots, and nine of ten have their answers."""

from __future__ import annotations

from apps.annotators.models import User
from apps.datasets.models import Dataset, Membership, Role
from bench import browsable
from bench.datasets import add_labels
from bench.filling import fill, without_indexes

OVERLAP, OPEN, PEOPLE = 3, 0.1, 12

TABLES = (
    *browsable.TABLES,
    "datasets_image",
    "tasks_task",
    "tasks_taskimage",
    "tasks_slot",
    "tasks_revision",
    "reviews_merge",
    "reviews_final",
)

# Answers of one box, each in its own place; keys and hashes as long as those of a client.
ANSWERS = """
CREATE TEMPORARY TABLE given ON COMMIT DROP AS
    SELECT task, at + k * interval '1 hour' AS at, people[k] AS person, k, uuidv7() AS answer,
           uuidv7() AS revision, jsonb_build_array(jsonb_build_object('id', uuidv7(), 'type',
               'rect', 'x', n %% 500 + k, 'y', n %% 300 + k, 'width', 100 + k, 'height', 80 + k,
               'label_id', (%(labels)s::text[])[1])) AS spans
      FROM said, generate_series(1, %(overlap)s) k WHERE u >= %(open)s;
INSERT INTO tasks_slot (task_id, n, dataset_id, order_key, purpose, state, user_id, submitted_at,
        surplus, returned)
    SELECT task, k - 1, %(dataset)s, n, 'work',
           CASE WHEN u < %(open)s THEN 'free' ELSE 'submitted' END, people[k],
           CASE WHEN u >= %(open)s THEN at END, false, false
      FROM said, generate_series(1, %(overlap)s) k;
INSERT INTO tasks_answer (id, task_id, dataset_id, user_id, head_id, probe, created_at, updated_at)
    SELECT answer, task, %(dataset)s, person, revision, false, at, at FROM given;
INSERT INTO tasks_revision (id, answer_row_id, task_id, dataset_id, user_id, seq, answer, spans,
        accept, attributes, seconds, late, client_key, request_hash, response, config_version,
        created_at)
    SELECT revision, answer, task, %(dataset)s, person, 1, 'accept', spans, '[]', '{}',
           5 + random() * 40, false, revision::text, md5(revision::text) || md5(task::text),
           jsonb_build_object('id', answer, 'revision', 1, 'late', false, 'gold', NULL, 'task',
               jsonb_build_object('id', task, 'state', 'open', 'version', 1)), 1, at
      FROM given;
CREATE TEMPORARY TABLE merged ON COMMIT DROP AS
    SELECT task, array_agg(revision ORDER BY person) AS revisions,
           (array_agg(spans -> 0))[1] AS box,
           jsonb_agg(jsonb_build_object('annotator', person, 'span', spans -> 0 ->> 'id')
                     ORDER BY person) AS members
      FROM given GROUP BY task;
INSERT INTO reviews_merge (task_id, dataset_id, task_version, algorithm, revisions, result,
        confidence, merged_at)
    SELECT task, %(dataset)s, 1, 'bench', revisions, jsonb_build_object('answer', 'accept',
           'answer_votes', '[]'::jsonb, 'accept', NULL, 'option_votes', '[]'::jsonb,
           'of', %(overlap)s, 'conflicts', '[]'::jsonb, 'blocks', '{}'::jsonb,
           'confidence', sqrt(v), 'algorithm', 'bench', 'objects', jsonb_build_array(
               jsonb_build_object('members', members, 'span',
                   box - 'label_id' || jsonb_build_object('label', box ->> 'label_id'),
                   'label', box ->> 'label_id', 'label_votes', jsonb_build_array(
                       jsonb_build_array(box ->> 'label_id', %(overlap)s)),
                   'votes', %(overlap)s, 'of', %(overlap)s, 'confidence', sqrt(v),
                   'state', 'agreed', 'edge_sd', NULL))),
           sqrt(v), at
      FROM merged JOIN said USING (task);
INSERT INTO reviews_final (task_id, dataset_id, origin, answer, spans, accept, attributes,
        provenance, created_at)
    SELECT task, %(dataset)s, 'agreed', 'accept', jsonb_build_array(box), '[]', '{}',
           jsonb_build_object('objects', jsonb_build_array(jsonb_build_object('span', box -> 'id',
               'kept', true, 'members', members, 'rulings', '[]'::jsonb))), at
      FROM merged JOIN said USING (task) WHERE state = 'final';
"""


def make_grown(*, slug: str, tasks: int, owner: User) -> Dataset:
    """A dataset of so many tasks, in which twelve people have answered and merges are made."""
    dataset, values = browsable.prepare(
        slug=slug, owner=owner, overlap=OVERLAP, sizes=browsable.SIZES[3:]
    )
    add_labels(dataset)
    people = [
        User.objects.get_or_create(email=f"{slug}-{place}@example.org")[0]
        for place in range(PEOPLE)
    ]
    Membership.objects.bulk_create(
        Membership(dataset=dataset, user=user, role=Role.ANNOTATOR) for user in people
    )
    values |= {"open": OPEN, "people": [user.pk for user in people], "tasks": tasks}
    with without_indexes(TABLES):
        fill(browsable.FILL + ANSWERS, values, count=tasks)
    return dataset
