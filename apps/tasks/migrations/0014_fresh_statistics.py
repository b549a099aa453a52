"""The planner hears of a growing queue before a share of all of it has changed."""

from django.db import migrations

OFTEN = """
ALTER TABLE tasks_slot
      SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000)
"""
BY_SHARE = """
ALTER TABLE tasks_slot RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0013_revisions_stay")]
    operations = [migrations.RunSQL(OFTEN, BY_SHARE)]
