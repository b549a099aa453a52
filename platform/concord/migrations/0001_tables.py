import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import concord.ids
import concord.jobs.models

# An event is a fact: nothing may rewrite it, not even our own code by mistake. TRUNCATE fires no
# row trigger, so tests and a whole restore still work.
APPEND_ONLY = """
CREATE FUNCTION concord_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'concord_event is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER concord_event_append_only BEFORE UPDATE OR DELETE ON concord_event
    FOR EACH ROW EXECUTE FUNCTION concord_event_is_append_only();
"""
DROP_APPEND_ONLY = """
DROP TRIGGER concord_event_append_only ON concord_event;
DROP FUNCTION concord_event_is_append_only();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("concord", "0001_initial"),
        ("concord", "0002_event_readers"),
        ("concord", "0003_event_search"),
    ]

    dependencies = [
        ("annotators", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventReader",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sure", models.BigIntegerField(default=0)),
                ("mark", models.BigIntegerField(null=True)),
                ("transaction", models.BigIntegerField(null=True)),
                ("marked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("kind", models.CharField(max_length=64)),
                ("dataset_id", models.UUIDField(null=True)),
                ("object_type", models.CharField(blank=True, default="", max_length=32)),
                ("object_id", models.CharField(blank=True, default="", max_length=64)),
                ("data", models.JSONField(default=dict)),
                ("request_id", models.CharField(blank=True, default="", max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dataset_id", "-id"], name="event_by_dataset"),
                    models.Index(
                        fields=["object_type", "object_id", "-id"], name="event_by_object"
                    ),
                    models.Index(fields=["actor", "-id"], name="event_by_actor"),
                    models.Index(fields=["kind", "-id"], name="event_by_kind"),
                    models.Index(
                        fields=["dataset_id", "kind", "-id"], name="event_by_dataset_and_kind"
                    ),
                    models.Index(fields=["at"], name="event_by_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=128)),
                ("request_hash", models.BinaryField(max_length=32)),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.JSONField(default=dict)),
                ("body", models.TextField(blank=True, default="")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="idempotency_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "key"), name="idempotency_key_per_user"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__gte", 200), ("status__lt", 300)),
                        name="idempotency_only_success",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
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
                        max_length=10,
                    ),
                ),
                ("args", models.JSONField(default=dict)),
                ("progress", models.JSONField(default=concord.jobs.models.no_progress)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("max_attempts", models.PositiveSmallIntegerField(default=5)),
                ("lease", models.UUIDField(null=True)),
                ("heartbeat_at", models.DateTimeField(null=True)),
                (
                    "run_after",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("rung_at", models.DateTimeField(null=True)),
                ("error_code", models.CharField(blank=True, default="", max_length=64)),
                ("error_detail", models.TextField(blank=True, default="")),
                ("dataset_id", models.UUIDField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "created_by",
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
                        condition=models.Q(("state", "queued")),
                        fields=["run_after"],
                        name="job_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["heartbeat_at"],
                        name="job_alive",
                    ),
                    models.Index(fields=["dataset_id", "-id"], name="job_by_dataset"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "running", "done", "failed", "cancelled"])
                        ),
                        name="job_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("heartbeat_at__isnull", False),
                                ("lease__isnull", False),
                                ("state", "running"),
                            ),
                            models.Q(
                                models.Q(("state", "running"), _negated=True),
                                ("lease__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="job_lease_while_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", True), ("state__in", ["queued", "running"])
                            ),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("state__in", ["done", "failed", "cancelled"]),
                            ),
                            _connector="OR",
                        ),
                        name="job_finished_at_when_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("error_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="job_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attempts__lte", models.F("max_attempts")), ("max_attempts__gte", 1)
                        ),
                        name="job_attempts_bounded",
                    ),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, DROP_APPEND_ONLY),
    ]
