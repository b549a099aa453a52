"""What the ORM cannot say: rows that stay in one dataset, decisions that nobody rewrites, and facts
about every task from its first image on, with all that the browser filters and orders by."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from concord.stamping import stamp_changes

TABLES = ["merge", "conflict", "reviewlease", "decision", "final", "taskfacts", "secondlook"]


def composite(table: str) -> tuple[str, str]:
    name = f"reviews_{table}_task_id_same_dataset"
    return (
        f"ALTER TABLE reviews_{table} ADD CONSTRAINT {name} FOREIGN KEY (task_id, dataset_id) "
        f"REFERENCES tasks_task (id, dataset_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE reviews_{table} DROP CONSTRAINT {name}",
    )


# Deleting is left to the purge of a whole dataset, which says so in `concord.purging`.
DECISIONS = """
CREATE FUNCTION reviews_decision_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('concord.purging', true) = OLD.dataset_id::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'reviews_decision is insert-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reviews_decision_insert_only BEFORE UPDATE OR DELETE ON reviews_decision
    FOR EACH ROW EXECUTE FUNCTION reviews_decision_is_insert_only();
"""
DECISIONS_BACK = """
DROP TRIGGER reviews_decision_insert_only ON reviews_decision;
DROP FUNCTION reviews_decision_is_insert_only();
"""

# Sizes as settle computes them in Python (`apps.reviews.domain.sizes`); here for shapes that a question
# is about.
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

# It needs a function of those above.
FOUND = django.contrib.postgres.indexes.GinIndex(
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
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_tables"), ("tasks", "0002_walls")]

    operations = [
        *(migrations.RunSQL(*composite(table)) for table in TABLES),
        migrations.RunSQL(DECISIONS, DECISIONS_BACK),
        migrations.RunSQL(DRAWN, DRAWN_BACK),
        migrations.AddIndex("taskfacts", FOUND),
        migrations.RunSQL(KEPT_TRUE, KEPT_TRUE_BACK),
        stamp_changes("reviews_final"),
    ]
