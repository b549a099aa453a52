"""What models were worth: comparisons with final answers, and their sums."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0012_deleted_by"),
        ("tasks", "0020_assigned"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelFigures",
            fields=[
                (
                    "dataset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="datasets.dataset",
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("through", models.DateTimeField(null=True)),
                ("stale", models.BooleanField(default=True)),
                ("measured_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=100)),
                ("version", models.CharField(blank=True, max_length=100)),
                ("said", models.PositiveIntegerField()),
                ("hits", models.PositiveIntegerField()),
                ("wanted", models.PositiveIntegerField()),
                ("unchanged", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tasks.suggestion",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("task", "model", "version"), name="compared_once"
                    )
                ],
            },
        ),
    ]
