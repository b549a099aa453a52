import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import concord.ids


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("assist", "0001_figures"),
        ("assist", "0002_servers"),
        ("assist", "0003_run_settings"),
    ]

    dependencies = [
        ("annotators", "__first__"),
        ("datasets", "0001_tables"),
        ("tasks", "0001_tables"),
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
            name="ModelServer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("concord", "Concord"),
                            ("kserve", "Kserve"),
                            ("tensorflow", "Tensorflow"),
                        ],
                        max_length=10,
                    ),
                ),
                ("url", models.CharField(max_length=2000)),
                ("model", models.CharField(blank=True, max_length=100)),
                ("version", models.CharField(blank=True, max_length=100)),
                ("labels", models.JSONField(default=list)),
                ("threshold", models.FloatField(default=0.0)),
                ("batch", models.PositiveSmallIntegerField(default=8)),
                ("token", models.BinaryField(default=b"")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "name"), name="model_server_name_once"
                    )
                ],
            },
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
        migrations.CreateModel(
            name="PredictionRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                        ],
                        default="running",
                        max_length=9,
                    ),
                ),
                ("threshold", models.FloatField(default=0.0)),
                ("batch", models.PositiveSmallIntegerField(default=8)),
                ("version", models.CharField(blank=True, default="", max_length=100)),
                ("place", models.UUIDField(null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("predicted", models.PositiveIntegerField(default=0)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("reasons", models.JSONField(default=list)),
                ("error_code", models.CharField(blank=True, max_length=60)),
                ("error_detail", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "server",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="assist.modelserver",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("server",),
                        name="one_run_of_a_server",
                    )
                ],
            },
        ),
    ]
