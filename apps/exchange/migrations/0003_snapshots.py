import django.db.models.deletion
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


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0012_deleted_by"),
        ("exchange", "0002_chosen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        ),
        migrations.AddIndex(
            model_name="snapshot",
            index=models.Index(
                models.F("dataset"), models.F("created_at"), name="snapshot_by_dataset"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("dataset", "name"), name="snapshot_name_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="diff",
            constraint=models.UniqueConstraint(fields=("before", "after"), name="diff_once"),
        ),
        migrations.RunSQL(FROZEN, FROZEN_BACK),
    ]
