import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import concord.ids

# What was frozen stays so. A row may go as a manager's act, which names it, or with its dataset.
FROZEN = """
CREATE FUNCTION exchange_snapshot_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'done' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' AND (
        current_setting('concord.purging', true) = OLD.dataset_id::text
        OR current_setting('concord.deleting_snapshot', true) = OLD.id::text
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'exchange_snapshot is frozen' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER exchange_snapshot_frozen BEFORE UPDATE OR DELETE ON exchange_snapshot
    FOR EACH ROW EXECUTE FUNCTION exchange_snapshot_is_frozen();
"""
FROZEN_BACK = """
DROP TRIGGER exchange_snapshot_frozen ON exchange_snapshot;
DROP FUNCTION exchange_snapshot_is_frozen();
"""

# Nobody is owed what happened before there were webhooks.
BEGIN = """
INSERT INTO concord_eventreader (name, sure)
SELECT 'webhooks', coalesce(max(id), 0) FROM concord_event
"""
BEGIN_BACK = "DELETE FROM concord_eventreader WHERE name = 'webhooks'"


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("exchange", "0001_initial"),
        ("exchange", "0002_chosen"),
        ("exchange", "0003_snapshots"),
        ("exchange", "0004_webhooks"),
        ("exchange", "0005_options"),
        ("exchange", "0006_content_hash"),
        ("exchange", "0007_export_of_snapshot"),
    ]

    dependencies = [
        ("annotators", "__first__"),
        ("concord", "0001_tables"),
        ("datasets", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
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
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("file_size", models.BigIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=100)),
                ("finals", models.PositiveIntegerField(default=0)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
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
                        related_name="snapshots",
                        to="datasets.dataset",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"), models.F("created_at"), name="snapshot_by_dataset"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "name"), name="snapshot_name_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                models.Q(("content_sha256", ""), _negated=True),
                                models.Q(("file_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="snapshot_done_has_hashes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("url", models.CharField(max_length=2000)),
                ("events", models.JSONField()),
                ("active", models.BooleanField(default=True)),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("failing_since", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("sending_until", models.DateTimeField(null=True)),
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
                        related_name="webhooks",
                        to="datasets.dataset",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Export",
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
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("file_size", models.BigIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("format", models.CharField(max_length=20)),
                (
                    "which",
                    models.CharField(
                        choices=[("final", "Final"), ("answers", "Answers"), ("both", "Both")],
                        default="final",
                        max_length=10,
                    ),
                ),
                ("images", models.BooleanField(db_default=False, default=False)),
                ("splits", models.JSONField(null=True)),
                ("names", models.BooleanField(db_default=False, default=False)),
                ("chosen", models.BooleanField(default=False)),
                ("content_sha256", models.CharField(blank=True, db_default="", max_length=64)),
                ("snapshot_name", models.CharField(blank=True, db_default="", max_length=100)),
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
                        related_name="exports",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exchange.snapshot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"), models.F("created_at"), name="export_by_dataset"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Diff",
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
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("file_size", models.BigIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
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
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.snapshot",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.snapshot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("before", "after"), name="diff_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("event_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=40)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "due_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("excerpt", models.CharField(blank=True, max_length=200)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="exchange.webhook",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["webhook", "due_at"],
                        name="delivery_due",
                    ),
                    models.Index(fields=["created_at"], name="delivery_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("webhook", "event_id", "kind"), name="delivery_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Chosen",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "export_id",
                        "task_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("task_id", models.UUIDField()),
                (
                    "export",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.export",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FROZEN, FROZEN_BACK),
        migrations.RunSQL(BEGIN, BEGIN_BACK),
    ]
