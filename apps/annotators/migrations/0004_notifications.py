import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import concord.ids


class Migration(migrations.Migration):
    dependencies = [
        ("annotators", "0003_token_prefix"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotificationSettings",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page_off",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "mail_off",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("daily", models.BooleanField(default=False)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("sent_back", "Sent Back"),
                            ("mentioned", "Mentioned"),
                            ("resolved", "Resolved"),
                            ("import_done", "Import Done"),
                            ("import_stopped", "Import Stopped"),
                            ("export_done", "Export Done"),
                            ("mail_failed", "Mail Failed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("dataset_id", models.UUIDField(null=True)),
                ("object_id", models.UUIDField(null=True)),
                ("event_id", models.BigIntegerField()),
                ("data", models.JSONField(default=dict)),
                ("on_page", models.BooleanField(default=True)),
                ("by_mail", models.BooleanField(default=False)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                ("mail", models.UUIDField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("event_id"), name="notification_by_event"),
                    models.Index(
                        models.F("user"),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("on_page", True)),
                        name="notification_on_page",
                    ),
                    models.Index(
                        models.F("user"),
                        condition=models.Q(("on_page", True), ("seen_at", None)),
                        name="notification_unseen",
                    ),
                    models.Index(
                        models.F("user"),
                        models.F("created_at"),
                        condition=models.Q(("by_mail", True), ("mail", None)),
                        name="notification_to_mail",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "event_id"), name="notification_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "invited",
                                    "sent_back",
                                    "mentioned",
                                    "resolved",
                                    "import_done",
                                    "import_stopped",
                                    "export_done",
                                    "mail_failed",
                                ],
                            )
                        ),
                        name="notification_kind_known",
                    ),
                ],
            },
        ),
    ]
