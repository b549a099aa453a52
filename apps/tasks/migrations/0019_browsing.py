"""The words by which tasks are found, and the order in which they changed last."""

from importlib import import_module

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

composite = import_module("apps.tasks.migrations.0002_walls").composite

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

SELECT tasks_write_words(array_agg(id)) FROM tasks_task WHERE probe_of_id IS NULL;
"""
WORDS_BACK = """
DROP TRIGGER tasks_words_of_image ON datasets_image;
DROP TRIGGER tasks_words_of_task ON tasks_task;
DROP TRIGGER tasks_words_of_new ON tasks_taskimage;
DROP FUNCTION tasks_words_of_image(), tasks_words_of_task(), tasks_words_of_new(),
    tasks_write_words(uuid[]), tasks_values(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0010_kept_bytes"),
        ("tasks", "0018_return_seen"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                ("told", models.TextField()),
                ("kept", models.TextField()),
            ],
        ),
        migrations.RunSQL(*composite("tasks_words", "task_id", "tasks_task")),
        migrations.RunSQL(WORDS, WORDS_BACK),
        # What is checked at the end stands in the way of what changes a table.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="words",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["told"], name="words_told", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="words",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("kept", ""), _negated=True),
                fields=["kept"],
                name="words_kept",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("dataset"), models.F("updated_at"), models.F("id"), name="task_by_change"
            ),
        ),
    ]
