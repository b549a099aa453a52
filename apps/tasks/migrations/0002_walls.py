"""What the ORM cannot say: rows that stay in one dataset, revisions that nobody rewrites, the words
by which tasks are found, and when the planner looks again."""

from django.db import migrations

from concord.stamping import stamp_changes

# (table, its column, the table it points to): both ends must be of one dataset.
SAME_DATASET = [
    ("tasks_taskimage", "task_id", "tasks_task"),
    ("tasks_taskimage", "image_id", "datasets_image"),
    ("tasks_slot", "task_id", "tasks_task"),
    ("tasks_pass", "task_id", "tasks_task"),
    ("tasks_answer", "task_id", "tasks_task"),
    ("tasks_revision", "task_id", "tasks_task"),
    ("tasks_draft", "task_id", "tasks_task"),
    ("tasks_suggestion", "task_id", "tasks_task"),
    ("tasks_flag", "task_id", "tasks_task"),
    ("tasks_gold", "task_id", "tasks_task"),
    ("tasks_probe", "task_id", "tasks_task"),
    ("tasks_probe", "gold_id", "tasks_task"),
    ("tasks_task", "probe_of_id", "tasks_task"),
    ("tasks_return", "task_id", "tasks_task"),
    ("tasks_thread", "task_id", "tasks_task"),
    ("tasks_words", "task_id", "tasks_task"),
]


def composite(table: str, column: str, target: str) -> tuple[str, str]:
    name = f"{table}_{column}_same_dataset"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, dataset_id) "
        f"REFERENCES {target} (id, dataset_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


# Revisions are written whole. Deleting is left to the purge of a whole dataset, which says so in
# `concord.purging`.
REVISIONS = """
CREATE FUNCTION tasks_revision_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('concord.purging', true) = OLD.dataset_id::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'tasks_revision is insert-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tasks_revision_insert_only BEFORE UPDATE OR DELETE ON tasks_revision
    FOR EACH ROW EXECUTE FUNCTION tasks_revision_is_insert_only();
"""
REVISIONS_BACK = """
DROP TRIGGER tasks_revision_insert_only ON tasks_revision;
DROP FUNCTION tasks_revision_is_insert_only();
"""

# The planner hears of a growing queue before a share of all of it has changed.
OFTEN = """
ALTER TABLE tasks_slot
      SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000)
"""
BY_SHARE = """
ALTER TABLE tasks_slot RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)
"""

# Images and tasks come in statements of many, so the words of many are written by one.
WORDS = """
CREATE FUNCTION tasks_values(meta jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(value #>> '{}', chr(10)), '')
      FROM jsonb_path_query(meta, 'strict $.** ? (@.type() == "string" || @.type() == "number")')
           AS value
$$;

CREATE FUNCTION tasks_write_words(tasks uuid[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO tasks_words (task_id, dataset_id, told, kept)
    SELECT t.id, t.dataset_id,
           lower(concat_ws(chr(10), string_agg(i.name, chr(10) ORDER BY ti.n)
                                        FILTER (WHERE ti.tile IS NULL),
                           CASE WHEN t.meta <> '{}' THEN tasks_values(t.meta) END)),
           lower(coalesce(string_agg(
               concat_ws(chr(10), CASE WHEN ti.tile IS NOT NULL THEN i.name END,
                         CASE WHEN i.meta <> '{}' THEN tasks_values(i.meta) END),
               chr(10) ORDER BY ti.n)
               FILTER (WHERE ti.tile IS NOT NULL OR i.meta <> '{}'), ''))
      FROM tasks_task t
           JOIN tasks_taskimage ti ON ti.task_id = t.id
           JOIN datasets_image i ON i.id = ti.image_id
     WHERE t.id = ANY(tasks) AND t.probe_of_id IS NULL
     GROUP BY t.id
        ON CONFLICT (task_id) DO UPDATE SET told = EXCLUDED.told, kept = EXCLUDED.kept
$$;

CREATE FUNCTION tasks_words_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tasks_write_words((SELECT array_agg(DISTINCT task_id) FROM made));
    RETURN NULL;
END $$;
CREATE TRIGGER tasks_words_of_new AFTER INSERT ON tasks_taskimage
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION tasks_words_of_new();

CREATE FUNCTION tasks_words_of_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tasks_write_words(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE TRIGGER tasks_words_of_task AFTER UPDATE OF meta ON tasks_task
    FOR EACH ROW WHEN (OLD.meta <> NEW.meta) EXECUTE FUNCTION tasks_words_of_task();

CREATE FUNCTION tasks_words_of_image() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tasks_write_words(
        ARRAY(SELECT task_id FROM tasks_taskimage WHERE image_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER tasks_words_of_image AFTER UPDATE OF name, meta ON datasets_image
    FOR EACH ROW WHEN (OLD.name <> NEW.name OR OLD.meta <> NEW.meta)
    EXECUTE FUNCTION tasks_words_of_image();
"""
WORDS_BACK = """
DROP TRIGGER tasks_words_of_image ON datasets_image;
DROP TRIGGER tasks_words_of_task ON tasks_task;
DROP TRIGGER tasks_words_of_new ON tasks_taskimage;
DROP FUNCTION tasks_words_of_image(), tasks_words_of_task(), tasks_words_of_new(),
    tasks_write_words(uuid[]), tasks_values(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_tables")]

    operations = [
        *(migrations.RunSQL(*composite(*row)) for row in SAME_DATASET),
        migrations.RunSQL(REVISIONS, REVISIONS_BACK),
        migrations.RunSQL(OFTEN, BY_SHARE),
        migrations.RunSQL(WORDS, WORDS_BACK),
        stamp_changes("tasks_answer"),
    ]
