"""What reviewers say of answers that go back stands in rows, no longer in the drafts."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import concord.ids

composite = import_module("apps.tasks.migrations.0002_walls").composite

DRAFTS = "UPDATE tasks_draft SET body = body - 'sent_back' WHERE body ? 'sent_back'"


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0010_kept_bytes"),
        ("tasks", "0015_withdrawn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        choices=[
                            ("label", "Label"),
                            ("missing", "Missing"),
                            ("loose", "Loose"),
                            ("extra", "Extra"),
                            ("guideline", "Guideline"),
                            ("other", "Other"),
                        ],
                        max_length=9,
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                ("region", models.JSONField(null=True)),
                ("span", models.CharField(blank=True, max_length=200)),
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
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tasks.revision",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="tasks.task",
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
                "indexes": [
                    models.Index(models.F("task"), models.F("user"), name="return_by_task")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fault__in",
                                ("label", "missing", "loose", "extra", "guideline", "other"),
                            )
                        ),
                        name="return_fault_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fault", "other"), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="return_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(*composite("tasks_return", "task_id", "tasks_task")),
        migrations.RunSQL(DRAFTS, migrations.RunSQL.noop),
    ]
