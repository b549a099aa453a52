import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import concord.ids


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("desk", "0001_views_and_acts"),
        ("desk", "0002_day_counts"),
        ("desk", "0003_assign_and_export"),
        ("desk", "0004_labels_of_views"),
    ]

    dependencies = [
        ("annotators", "__first__"),
        ("datasets", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=128)),
                ("request_hash", models.BinaryField()),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("tag", "Tag"),
                            ("priority", "Priority"),
                            ("assign", "Assign"),
                            ("export", "Export"),
                            ("requeue", "Requeue"),
                            ("delete", "Delete"),
                            ("answer", "Answer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("saying", models.JSONField()),
                ("wanted", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=9,
                    ),
                ),
                ("total", models.PositiveIntegerField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
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
                    models.UniqueConstraint(fields=("user", "key"), name="act_asked_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dataset_id",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("open", models.PositiveIntegerField()),
                ("answered", models.PositiveIntegerField()),
                ("conflicted", models.PositiveIntegerField()),
                ("final", models.PositiveIntegerField()),
                ("rebuilt", models.BooleanField(default=False)),
                ("event", models.BigIntegerField(default=0)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("search", models.TextField(blank=True)),
                ("labels", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
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
                        fields=("dataset", "user", "name"), name="view_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Acted",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "act_id",
                        "task_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("task_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("left_out", "Left Out"),
                            ("undone", "Undone"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=64)),
                ("before", models.JSONField(null=True)),
                (
                    "act",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="desk.act",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["act", "state", "task_id"], name="acted_in_turn")],
            },
        ),
    ]
