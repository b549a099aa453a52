"""What the ORM cannot say: a row's image and task are of its own dataset."""

from django.db import migrations

SAME_DATASET = [
    ("image_id", "datasets_image"),
    ("task_id", "tasks_task"),
]


def composite(column: str, target: str) -> tuple[str, str]:
    name = f"imports_importrow_{column}_same_dataset"
    return (
        f"ALTER TABLE imports_importrow ADD CONSTRAINT {name} FOREIGN KEY ({column}, dataset_id) "
        f"REFERENCES {target} (id, dataset_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE imports_importrow DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("tasks", "0002_walls")]

    operations = [migrations.RunSQL(*composite(*row)) for row in SAME_DATASET]
