"""What the ORM cannot say: rows that stay in one dataset, decisions that nobody rewrites."""

from django.db import migrations

TABLES = ["merge", "conflict", "reviewlease", "decision", "final", "taskfacts"]


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


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("tasks", "0002_walls")]

    operations = [
        *(migrations.RunSQL(*composite(table)) for table in TABLES),
        migrations.RunSQL(DECISIONS, DECISIONS_BACK),
    ]
