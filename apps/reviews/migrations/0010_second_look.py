"""What a second reviewer makes of a decided task, beside its final answer."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

composite = import_module("apps.reviews.migrations.0002_walls").composite


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0010_kept_bytes"),
        ("reviews", "0009_give_back"),
        ("tasks", "0018_return_seen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_look",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("merge_version", models.PositiveIntegerField()),
                ("token", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("said", models.JSONField(default=list)),
                ("outcome", models.JSONField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"), models.F("closed_at"), name="second_look_open"
                    )
                ],
            },
        ),
        migrations.RunSQL(*composite("secondlook")),
    ]
