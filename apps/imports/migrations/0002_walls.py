"""What the ORM cannot say: an import, its lines, their images and tasks are of one dataset; and when
the planner looks again."""

from django.db import migrations

# (table, its column, the table it points to, name): both ends must be of one dataset.
SAME_DATASET = [
    ("importrow", "image_id", "datasets_image", "imports_importrow_image_id_same_dataset"),
    ("importrow", "task_id", "tasks_task", "imports_importrow_task_id_same_dataset"),
    ("importrow", "import_id", "imports_import", "imports_importrow_import_id_same_dataset"),
    ("replacement", "image_id", "datasets_image", "imports_replacement_image_same_dataset"),
]


def composite(table: str, column: str, target: str, name: str) -> tuple[str, str]:
    return (
        f"ALTER TABLE imports_{table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, dataset_id) "
        f"REFERENCES {target} (id, dataset_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE imports_{table} DROP CONSTRAINT {name}",
    )


# The planner hears of a new list before a share of all lines has changed.
OFTEN = """
ALTER TABLE imports_importrow
      SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000)
"""
BY_SHARE = """
ALTER TABLE imports_importrow
      RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_tables"), ("tasks", "0002_walls")]

    operations = [
        *(migrations.RunSQL(*composite(*row)) for row in SAME_DATASET),
        migrations.RunSQL(OFTEN, BY_SHARE),
    ]
