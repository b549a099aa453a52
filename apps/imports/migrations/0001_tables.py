import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import concord.ids


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("imports", "0001_initial"),
        ("imports", "0003_encoding"),
        ("imports", "0004_listings"),
        ("imports", "0005_reading"),
        ("imports", "0006_undo"),
        ("imports", "0007_failing_hosts"),
        ("imports", "0008_replacements"),
        ("imports", "0009_address_keys"),
        ("imports", "0010_session_tokens"),
        ("imports", "0011_report"),
    ]

    dependencies = [
        ("annotators", "__first__"),
        ("datasets", "0001_tables"),
        ("tasks", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoneFile",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("endpoint", models.URLField(blank=True, max_length=500)),
                ("region", models.CharField(blank=True, max_length=50)),
                (
                    "buckets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                ("access_key", models.BinaryField(default=bytes)),
                ("secret_key", models.BinaryField(default=bytes)),
                ("session_token", models.BinaryField(db_default=b"", default=bytes)),
                ("requester_pays", models.BooleanField(db_default=False, default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Reading"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("storage_full", "Storage Full"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                            ("undoing", "Undoing"),
                            ("undone", "Undone"),
                        ],
                        default="reading",
                        max_length=12,
                    ),
                ),
                ("options", models.JSONField(default=dict)),
                ("list_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "encoding",
                    models.CharField(blank=True, db_default="", default="", max_length=20),
                ),
                ("reading", models.BooleanField(db_default=False, default=False)),
                ("report", models.JSONField(null=True)),
                ("run", models.PositiveIntegerField(default=1)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="imports.connection",
                    ),
                ),
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
                        related_name="imports",
                        to="datasets.dataset",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"), models.F("created_at"), name="import_by_dataset"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "dataset"), name="import_of_dataset")
                ],
            },
        ),
        migrations.CreateModel(
            name="DatasetConnection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="imports.connection",
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
                        fields=("dataset", "connection"), name="connection_grant_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Replacement",
            fields=[
                (
                    "of_import",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="replacement",
                        serialize=False,
                        to="imports.import",
                    ),
                ),
                ("withdraw", models.BooleanField(default=False)),
                (
                    "dataset",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="datasets.image",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FailingHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=300)),
                ("failures", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("since", models.DateTimeField(null=True)),
                ("silent_until", models.DateTimeField(null=True)),
                (
                    "of_import",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="imports.import",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of_import", "host"), name="import_failing_host_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportListing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("url", models.TextField()),
                ("after", models.TextField(blank=True)),
                ("listed", models.PositiveIntegerField(default=0)),
                ("folders", models.PositiveIntegerField(default=0)),
                ("unmatched", models.PositiveIntegerField(default=0)),
                ("ended", models.BooleanField(default=False)),
                ("code", models.CharField(blank=True, max_length=50)),
                ("reason", models.TextField(blank=True)),
                (
                    "of_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listings",
                        to="imports.import",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of_import", "line"), name="import_listing_line_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.PositiveIntegerField()),
                ("item", models.PositiveIntegerField(db_default=0, default=0)),
                ("url", models.TextField()),
                ("address_key", models.BinaryField(max_length=32, null=True)),
                ("upload", models.CharField(blank=True, max_length=64)),
                ("host", models.CharField(blank=True, db_default="", default="", max_length=300)),
                ("payload", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("fetching", "Fetching"),
                            ("done", "Done"),
                            ("duplicate", "Duplicate"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=9,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=50)),
                ("reason", models.TextField(blank=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_by", models.UUIDField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("not_before", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="datasets.image",
                    ),
                ),
                (
                    "of_import",
                    models.ForeignKey(
                        db_column="import_id",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.import",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("of_import"),
                        models.F("state"),
                        models.F("line"),
                        models.F("item"),
                        name="import_row_in_turn",
                    ),
                    models.Index(
                        models.F("of_import"),
                        models.F("line"),
                        models.F("item"),
                        condition=models.Q(("not_before", None), ("state", "queued")),
                        name="import_row_next",
                    ),
                    models.Index(
                        models.F("of_import"),
                        models.F("not_before"),
                        condition=models.Q(("not_before__isnull", False), ("state", "queued")),
                        name="import_row_later",
                    ),
                    models.Index(
                        models.F("of_import"),
                        models.F("host"),
                        condition=models.Q(("code", "waits_for_host"), ("state", "queued")),
                        name="import_row_set_aside",
                    ),
                    models.Index(
                        models.F("host"),
                        condition=models.Q(("state", "fetching")),
                        name="import_row_under_way",
                    ),
                    models.Index(
                        models.F("address_key"), models.F("line"), name="import_row_by_address"
                    ),
                    models.Index(
                        models.F("image"),
                        condition=models.Q(("image__isnull", False)),
                        name="import_row_by_image",
                    ),
                    models.Index(
                        models.F("task"),
                        condition=models.Q(("task__isnull", False)),
                        name="import_row_by_task",
                    ),
                    models.Index(
                        models.F("upload"),
                        condition=models.Q(("upload", ""), _negated=True),
                        name="import_row_by_upload",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of_import", "line", "item"), name="import_row_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["queued", "fetching", "done", "duplicate", "failed", "cancelled"],
                            )
                        ),
                        name="import_row_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claimed_by__isnull", False),
                                ("claimed_until__isnull", False),
                                ("state", "fetching"),
                            ),
                            models.Q(
                                models.Q(("state", "fetching"), _negated=True), ("claimed_by", None)
                            ),
                            _connector="OR",
                        ),
                        name="import_row_claim_while_fetching",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="import_row_failure_has_code",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="Connection",
            name="datasets",
            field=models.ManyToManyField(
                related_name="connections",
                through="imports.DatasetConnection",
                to="datasets.dataset",
            ),
        ),
    ]
