"""What is to be replaced by what an import brings; an image of its own dataset."""

import django.db.models.deletion
from django.db import migrations, models

WALL = (
    "ALTER TABLE imports_replacement ADD CONSTRAINT imports_replacement_image_same_dataset "
    "FOREIGN KEY (image_id, dataset_id) REFERENCES datasets_image (id, dataset_id) "
    "DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE imports_replacement DROP CONSTRAINT imports_replacement_image_same_dataset",
)


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0009_taken_down"),
        ("imports", "0007_failing_hosts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Replacement",
            fields=[
                (
                    "of_import",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="replacement",
                        serialize=False,
                        to="imports.import",
                    ),
                ),
                ("withdraw", models.BooleanField(default=False)),
                (
                    "dataset",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="datasets.image",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(*WALL),
    ]
