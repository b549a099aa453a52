"""Gold, the probes by which people are measured on it, and what keeps each in one dataset."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

composite = import_module("apps.tasks.migrations.0002_walls").composite

WALLS = [
    ("tasks_gold", "task_id", "tasks_task"),
    ("tasks_probe", "task_id", "tasks_task"),
    ("tasks_probe", "gold_id", "tasks_task"),
    ("tasks_task", "probe_of_id", "tasks_task"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0007_probe_images"),
        ("tasks", "0011_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gold",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="gold",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("truth", models.JSONField()),
                (
                    "barred",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="probe",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("lease", models.UUIDField(unique=True)),
                ("score", models.FloatField(null=True)),
                ("right", models.BooleanField(null=True)),
                ("told", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="answer",
            name="probe",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="task",
            name="probe_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tasks.task",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("probe_of"),
                condition=models.Q(("probe_of__isnull", False)),
                name="task_by_original",
            ),
        ),
        migrations.AddField(
            model_name="gold",
            name="dataset",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="datasets.dataset"
            ),
        ),
        migrations.AddField(
            model_name="gold",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="probe",
            name="dataset",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="datasets.dataset"
            ),
        ),
        migrations.AddField(
            model_name="probe",
            name="gold",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="probes", to="tasks.gold"
            ),
        ),
        migrations.AddField(
            model_name="probe",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="gold",
            index=models.Index(
                models.F("dataset"), condition=models.Q(("retired_at", None)), name="gold_in_force"
            ),
        ),
        migrations.AddIndex(
            model_name="probe",
            index=models.Index(models.F("dataset"), models.F("user"), name="probe_by_person"),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.UniqueConstraint(
                fields=("gold", "user"), name="probe_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("right", None), ("score", None)),
                    models.Q(("right__isnull", False), ("score__gte", 0), ("score__lte", 1)),
                    _connector="OR",
                ),
                name="probe_score_whole",
            ),
        ),
        *(migrations.RunSQL(*composite(*row)) for row in WALLS),
    ]
