import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import concord.ids

# The table in which rate limits are counted: what `manage.py createcachetable` would make, so that
# `migrate` alone prepares a database.
CACHE = """
CREATE TABLE concord_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX concord_cache_expires ON concord_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("annotators", "0001_initial"),
        ("annotators", "0002_cache"),
        ("annotators", "0003_token_prefix"),
        ("annotators", "0004_notifications"),
        ("annotators", "0005_tries"),
        ("annotators", "0006_webhook_stopped"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("is_active", models.BooleanField(default=True)),
                ("is_admin", models.BooleanField(default=False)),
                ("may_create_datasets", models.BooleanField(default=False)),
                ("preferences", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("gate", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.IntegerField()),
                ("tried_at", models.DateTimeField(db_index=True)),
                ("open_at", models.DateTimeField()),
                ("known", models.BooleanField()),
            ],
        ),
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
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("admin", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_accepted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("prefix", models.CharField(blank=True, db_default="", default="", max_length=20)),
                (
                    "scope",
                    models.CharField(
                        choices=[("read", "Read"), ("write", "Write")],
                        default="write",
                        max_length=5,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "write"])),
                        name="api_token_scope_known",
                    )
                ],
            },
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
                            ("webhook_stopped", "Webhook Stopped"),
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
                                    "webhook_stopped",
                                    "mail_failed",
                                ],
                            )
                        ),
                        name="notification_kind_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CACHE, "DROP TABLE concord_cache"),
    ]
