"""Revisions are written whole, so nothing of them may be filled in later."""

from django.db import migrations

# Deleting is left to the purge of a whole dataset, which says so in `concord.purging`.
REVISIONS = """
CREATE OR REPLACE FUNCTION tasks_revision_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('concord.purging', true) = OLD.dataset_id::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'tasks_revision is insert-only' USING ERRCODE = 'restrict_violation';
END $$;
"""
REVISIONS_BACK = """
CREATE OR REPLACE FUNCTION tasks_revision_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0012_gold")]

    operations = [migrations.RunSQL(REVISIONS, REVISIONS_BACK)]
