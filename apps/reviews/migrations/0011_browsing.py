"""Facts about every task from its first image on, with all that the browser filters and orders by."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.utils.timezone
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

# Sizes as settle computes them in Python (`apps.reviews.domain.sizes`); here for shapes that a question is
# about, and for what was settled before there were any.
DRAWN = """
CREATE FUNCTION reviews_size(span jsonb) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT sqrt(CASE WHEN span ->> 'type' = 'rect'
        THEN (span ->> 'width')::float8 * (span ->> 'height')::float8
        ELSE (SELECT abs(sum(x * next_y - next_x * y)) / 2
                FROM (SELECT x, y,
                             coalesce(lead(x) OVER points, first_value(x) OVER points) AS next_x,
                             coalesce(lead(y) OVER points, first_value(y) OVER points) AS next_y
                        FROM (SELECT (point ->> 0)::float8 AS x, (point ->> 1)::float8 AS y, n
                                FROM jsonb_array_elements(span -> 'points')
                                     WITH ORDINALITY listed (point, n)) corners
                      WINDOW points AS (ORDER BY n)) edges)
        END)
$$;

CREATE FUNCTION reviews_sizes(spans jsonb) RETURNS float8[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(size ORDER BY size), '{}')
      FROM (SELECT reviews_size(span) AS size FROM jsonb_array_elements(spans) span) sized
     WHERE size IS NOT NULL
$$;

CREATE FUNCTION reviews_labels(spans jsonb, key text) RETURNS varchar[]
    LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(DISTINCT (span ->> key)::varchar), '{}')
      FROM jsonb_array_elements(spans) span WHERE span ->> key IS NOT NULL
$$;

-- Sizes in eighths of an octave, for the index.
CREATE FUNCTION reviews_scales(sizes float8[]) RETURNS int[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT floor(8 * ln(greatest(size, 0.01)) / ln(2::float8))::int),
                    '{}')
      FROM unnest(sizes) size
$$;
"""
DRAWN_BACK = """
DROP FUNCTION reviews_scales(float8[]), reviews_labels(jsonb, text), reviews_sizes(jsonb),
    reviews_size(jsonb);
"""

# Images and tasks come in statements of many, so the facts of many are written by one.
KEPT_TRUE = """
CREATE FUNCTION reviews_make_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reviews_taskfacts (task_id, dataset_id, state, labels, conflict_kinds, annotators,
        answers, verdict, shapes, sizes, tags, order_key, score, width, height, withdrawn, made_at,
        updated_at)
    SELECT t.id, t.dataset_id, t.state,
           CASE WHEN t.spans = '[]' THEN '{}' ELSE reviews_labels(t.spans, 'label_id') END,
           '{}', '{}', 0, '',
           CASE WHEN t.spans <> '[]' THEN jsonb_array_length(t.spans) END,
           CASE WHEN t.spans = '[]' THEN '{}' ELSE reviews_sizes(t.spans) END,
           '{}', t.order_key, t.score, b.width, b.height, t.withdrawn_at IS NOT NULL, t.created_at,
           t.updated_at
      FROM made
           JOIN tasks_task t ON t.id = made.task_id
           JOIN datasets_image i ON i.id = made.image_id
           JOIN datasets_blob b ON b.id = i.blob_id
     WHERE made.n = 0 AND t.probe_of_id IS NULL
        ON CONFLICT (task_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER reviews_make_facts AFTER INSERT ON tasks_taskimage
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION reviews_make_facts();

CREATE FUNCTION reviews_follow_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE reviews_taskfacts
       SET state = NEW.state, score = NEW.score, order_key = NEW.order_key,
           withdrawn = NEW.withdrawn_at IS NOT NULL
     WHERE task_id = NEW.id
       AND (state, score, order_key, withdrawn)
           IS DISTINCT FROM (NEW.state, NEW.score, NEW.order_key, NEW.withdrawn_at IS NOT NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER reviews_follow_task
    AFTER UPDATE OF state, score, order_key, withdrawn_at ON tasks_task FOR EACH ROW
    WHEN ((OLD.state, OLD.score, OLD.order_key, OLD.withdrawn_at)
          IS DISTINCT FROM (NEW.state, NEW.score, NEW.order_key, NEW.withdrawn_at))
    EXECUTE FUNCTION reviews_follow_task();
"""
KEPT_TRUE_BACK = """
DROP TRIGGER reviews_follow_task ON tasks_task;
DROP TRIGGER reviews_make_facts ON tasks_taskimage;
DROP FUNCTION reviews_follow_task(), reviews_make_facts();
"""

FILL = """
INSERT INTO reviews_taskfacts (task_id, dataset_id, state, labels, conflict_kinds, annotators,
    answers, verdict, shapes, sizes, tags, order_key, score, withdrawn, made_at, updated_at)
SELECT t.id, t.dataset_id, t.state, reviews_labels(t.spans, 'label_id'), '{}', '{}', 0, '', NULL,
       '{}', '{}', 0, NULL, false, t.created_at, t.updated_at
  FROM tasks_task t
 WHERE t.probe_of_id IS NULL
    ON CONFLICT (task_id) DO NOTHING;

UPDATE reviews_taskfacts f
   SET state = t.state, order_key = t.order_key, score = t.score, made_at = t.created_at,
       withdrawn = t.withdrawn_at IS NOT NULL, verdict = coalesce(l.answer, ''),
       width = b.width, height = b.height,
       shapes = CASE WHEN t.spans <> '[]' THEN jsonb_array_length(t.spans)
                     WHEN l.task_id IS NOT NULL THEN jsonb_array_length(l.spans)
                     WHEN m.task_id IS NOT NULL THEN jsonb_array_length(m.result -> 'objects') END,
       sizes = reviews_sizes(CASE WHEN t.spans <> '[]' THEN t.spans
                                  WHEN l.task_id IS NOT NULL THEN l.spans
                                  ELSE coalesce(jsonb_path_query_array(m.result,
                                                                       '$.objects[*].span'), '[]')
                              END)
  FROM tasks_task t
       LEFT JOIN tasks_taskimage ti ON ti.task_id = t.id AND ti.n = 0
       LEFT JOIN datasets_image i ON i.id = ti.image_id
       LEFT JOIN datasets_blob b ON b.id = i.blob_id
       LEFT JOIN reviews_final l ON l.task_id = t.id
       LEFT JOIN reviews_merge m ON m.task_id = t.id
 WHERE t.id = f.task_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0010_kept_bytes"),
        ("reviews", "0010_second_look"),
        ("tasks", "0019_browsing"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.RemoveIndex(model_name="taskfacts", name="facts_by_label"),
        migrations.RemoveIndex(model_name="taskfacts", name="facts_by_state"),
        migrations.AddField("taskfacts", "order_key", models.BigIntegerField(default=0)),
        migrations.AddField(
            "taskfacts", "made_at", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.AddField("taskfacts", "score", models.FloatField(null=True)),
        migrations.AddField("taskfacts", "shapes", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "taskfacts",
            "sizes",
            django.contrib.postgres.fields.ArrayField(models.FloatField(), default=list),
        ),
        migrations.AddField(
            "taskfacts",
            "tags",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=50), default=list
            ),
        ),
        migrations.AddField(
            "taskfacts", "verdict", models.CharField(blank=True, default="", max_length=6)
        ),
        migrations.AddField("taskfacts", "width", models.PositiveIntegerField(null=True)),
        migrations.AddField("taskfacts", "height", models.PositiveIntegerField(null=True)),
        migrations.AddField("taskfacts", "withdrawn", models.BooleanField(default=False)),
        migrations.RunSQL(DRAWN, DRAWN_BACK),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # What is checked at the end stands in the way of what changes a table.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(KEPT_TRUE, KEPT_TRUE_BACK),
        *(
            migrations.AddIndex("taskfacts", index)
            for index in (
                models.Index("dataset", "state", "order_key", "task", name="facts_by_state"),
                models.Index("dataset", "order_key", "task", name="facts_by_order"),
                models.Index("dataset", "made_at", "task", name="facts_by_time"),
                models.Index("dataset", "score", "task", name="facts_by_score"),
                models.Index("dataset", "confidence", "task", name="facts_by_confidence"),
                models.Index("dataset", "shapes", "task", name="facts_by_shapes"),
                django.contrib.postgres.indexes.GinIndex(
                    "dataset",
                    "state",
                    "labels",
                    "tags",
                    "conflict_kinds",
                    "verdict",
                    "answers",
                    "shapes",
                    "width",
                    "height",
                    models.Func(models.F("sizes"), function="reviews_scales"),
                    name="facts_found",
                    gin_pending_list_limit=1024,
                ),
            )
        ),
    ]
