"""What the ORM cannot say: rows that stay in one dataset, revisions that nobody rewrites."""

from django.db import migrations

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
]


def composite(table: str, column: str, target: str) -> tuple[str, str]:
    name = f"{table}_{column}_same_dataset"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, dataset_id) "
        f"REFERENCES {target} (id, dataset_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


# The one change allowed is to fill in the first response, once. Deleting is left to the purge of
# a whole dataset, which says so in `concord.purging`.
REVISIONS = """
CREATE FUNCTION tasks_revision_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('concord.purging', true) = OLD.dataset_id::text THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.response IS NULL
       AND to_jsonb(OLD) - 'response' = to_jsonb(NEW) - 'response' THEN
        RETURN NEW;
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


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        *(migrations.RunSQL(*composite(*row)) for row in SAME_DATASET),
        migrations.RunSQL(REVISIONS, REVISIONS_BACK),
    ]
