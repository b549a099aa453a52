import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import concord.ids


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("tasks", "0001_initial"),
        ("tasks", "0003_flags_and_skip_policy"),
        ("tasks", "0004_flag_walls"),
        ("tasks", "0005_draft_version"),
        ("tasks", "0006_routing_and_surplus"),
        ("tasks", "0007_tiles"),
        ("tasks", "0008_compositions"),
        ("tasks", "0009_asked_shapes"),
        ("tasks", "0010_ranks"),
        ("tasks", "0011_places"),
        ("tasks", "0012_gold"),
        ("tasks", "0013_revisions_stay"),
        ("tasks", "0014_fresh_statistics"),
        ("tasks", "0015_withdrawn"),
        ("tasks", "0016_returns"),
        ("tasks", "0017_threads"),
        ("tasks", "0018_return_seen"),
        ("tasks", "0019_browsing"),
        ("tasks", "0020_assigned"),
        ("tasks", "0021_ladder"),
        ("tasks", "0022_answer_changed_in"),
        ("tasks", "0023_given_elsewhere"),
        ("tasks", "0024_ladder_unseen"),
    ]

    dependencies = [
        ("annotators", "__first__"),
        ("datasets", "0001_tables"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("order_key", models.BigIntegerField()),
                ("priority", models.IntegerField(default=0)),
                ("score", models.FloatField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("conflicted", "Conflicted"),
                            ("final", "Final"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reopened", models.BooleanField(default=False)),
                ("sent_back", models.BooleanField(default=False)),
                ("locked_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("overlap", models.PositiveIntegerField()),
                (
                    "assigned",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), null=True, size=None
                    ),
                ),
                ("config_version", models.PositiveIntegerField()),
                ("input_hash", models.CharField(max_length=64)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("options", models.JSONField(null=True)),
                ("spans", models.JSONField(default=list)),
                ("meta", models.JSONField(default=dict)),
                ("extra", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "probe_of",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"),
                        models.F("state"),
                        models.F("order_key"),
                        models.F("id"),
                        name="task_by_state",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("order_key"),
                        models.F("id"),
                        name="task_by_order",
                    ),
                    models.Index(models.F("dataset"), models.F("input_hash"), name="task_by_input"),
                    models.Index(
                        models.F("dataset"),
                        condition=models.Q(("assigned__isnull", False)),
                        name="task_by_assignment",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("updated_at"),
                        models.F("id"),
                        name="task_by_change",
                    ),
                    models.Index(
                        models.F("probe_of"),
                        condition=models.Q(("probe_of__isnull", False)),
                        name="task_by_original",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "dataset"), name="task_of_dataset"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "answered", "conflicted", "final"])
                        ),
                        name="task_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overlap__gte", 1)), name="task_overlap_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__gte", -32767), ("priority__lte", 32767)),
                        name="task_priority_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None),
                            models.Q(("score__gte", -1e308), ("score__lte", 1e308)),
                            _connector="OR",
                        ),
                        name="task_score_finite",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Queue",
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
                ("epoch", models.BigIntegerField(default=0)),
                (
                    "ladder",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(null=True),
                        db_default=[],
                        default=list,
                        size=None,
                    ),
                ),
                ("unseen", models.PositiveIntegerField(db_default=0, default=0)),
                ("counted", models.PositiveIntegerField(db_default=0, default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dataset_id",
                        "user_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("turn", models.BigIntegerField(default=0)),
                ("task", models.UUIDField()),
                ("start", models.BigIntegerField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("empty_epoch", models.BigIntegerField(null=True)),
                ("empty_until", models.DateTimeField(null=True)),
                ("free", models.PositiveIntegerField(null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField()),
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
                "indexes": [
                    models.Index(models.F("dataset"), models.F("asked_at"), name="place_by_time")
                ],
            },
        ),
        migrations.CreateModel(
            name="Composition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recipe", models.JSONField()),
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
                ("plan_sha256", models.CharField(blank=True, max_length=64)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
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
                        related_name="compositions",
                        to="datasets.dataset",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"), models.F("created_at"), name="composition_by_dataset"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("dataset",),
                        name="composition_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("body", models.JSONField()),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("task", "user"), name="draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("broken_image", "Broken Image"),
                            ("unclear", "Unclear"),
                            ("not_my_job", "Not My Job"),
                        ],
                        max_length=20,
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("me_later", "Me Later"),
                            ("others", "Others"),
                            ("manager", "Manager"),
                        ],
                        default="me_later",
                        max_length=10,
                    ),
                ),
                ("until", models.DateTimeField(null=True)),
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passes",
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
                    models.Index(models.F("task"), models.F("user"), name="pass_by_person"),
                    models.Index(
                        models.F("user"), models.F("dataset"), models.F("until"), name="pass_by_end"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "task_id",
                        "n",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("n", models.PositiveSmallIntegerField()),
                ("order_key", models.BigIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[("work", "Work"), ("gold", "Gold"), ("extra", "Extra")],
                        default="work",
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("free", "Free"),
                            ("withheld", "Withheld"),
                            ("leased", "Leased"),
                            ("submitted", "Submitted"),
                        ],
                        default="free",
                        max_length=9,
                    ),
                ),
                ("lease_token", models.UUIDField(null=True)),
                ("lease_expires_at", models.DateTimeField(null=True)),
                ("leased_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("returned", models.BooleanField(default=False)),
                ("surplus", models.BooleanField(default=False)),
                (
                    "only",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), null=True, size=None
                    ),
                ),
                (
                    "barred",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), null=True, size=None
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="tasks.task",
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
                        models.F("dataset"),
                        models.F("order_key"),
                        models.F("task"),
                        models.F("n"),
                        condition=models.Q(("state", "free")),
                        name="slot_free",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("order_key"),
                        models.F("task"),
                        models.F("n"),
                        condition=models.Q(("returned", True), ("state", "free")),
                        name="slot_returned",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("task"),
                        condition=models.Q(("state", "withheld")),
                        name="slot_withheld",
                    ),
                    models.Index(
                        models.F("user"),
                        models.F("dataset"),
                        models.F("order_key"),
                        condition=models.Q(("state", "leased")),
                        name="slot_held",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("lease_expires_at"),
                        condition=models.Q(("state", "leased")),
                        name="slot_expiring",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("task"),
                        condition=models.Q(("only", [])),
                        name="slot_for_nobody",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("surplus", False),
                            ("state__in", ["leased", "submitted"]),
                            _connector="OR",
                        ),
                        name="slot_surplus_in_use",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "free"), _negated=True),
                            models.Q(("state", "withheld"), _negated=True),
                        ),
                        fields=("task", "user"),
                        name="slot_task_user_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_expires_at", None),
                                ("lease_token", None),
                                ("state__in", ["free", "withheld"]),
                                ("user", None),
                            ),
                            models.Q(
                                ("lease_expires_at__isnull", False),
                                ("lease_token__isnull", False),
                                ("state", "leased"),
                                ("user__isnull", False),
                            ),
                            models.Q(
                                ("state", "submitted"),
                                ("submitted_at__isnull", False),
                                ("user__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="slot_state_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("model", models.CharField(max_length=100)),
                ("model_version", models.CharField(blank=True, max_length=100)),
                ("score", models.FloatField(null=True)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("spans", models.JSONField(default=list)),
                ("accept", models.JSONField(default=list)),
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None),
                            models.Q(("score__gte", -1e308), ("score__lte", 1e308)),
                            _connector="OR",
                        ),
                        name="suggestion_score_finite",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskImage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "task_id",
                        "n",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("n", models.PositiveSmallIntegerField()),
                ("tile", models.UUIDField(null=True)),
                ("option", models.JSONField(null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_images",
                        to="datasets.image",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="task_images",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tile__isnull", False)),
                        fields=("tile",),
                        name="task_image_tile_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tile", models.UUIDField(null=True)),
                ("region", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "probe",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tasks.task",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threads",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"),
                        models.F("id"),
                        condition=models.Q(("resolved_at", None)),
                        name="thread_unresolved",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None)),
                            models.Q(
                                ("resolved_at__isnull", False), ("resolved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="thread_resolved_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gold",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="gold",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("truth", models.JSONField()),
                (
                    "barred",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"),
                        condition=models.Q(("retired_at", None)),
                        name="gold_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("told", models.TextField()),
                ("kept", models.TextField()),
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
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["told"], name="words_told", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("kept", ""), _negated=True),
                        fields=["kept"],
                        name="words_kept",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reviewing", models.BooleanField()),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="tasks.thread",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("author"), name="comment_by_author")],
            },
        ),
        migrations.CreateModel(
            name="Flag",
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
                            ("flag", "Flag"),
                            ("broken_image", "Broken Image"),
                            ("skipped", "Skipped"),
                        ],
                        max_length=12,
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("resolution", models.TextField(blank=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="tasks.task",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="flags",
                        to="tasks.thread",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("dataset"),
                        models.F("id"),
                        condition=models.Q(("resolved_at", None)),
                        name="flag_unresolved",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="probe",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("lease", models.UUIDField(unique=True)),
                ("score", models.FloatField(null=True)),
                ("right", models.BooleanField(null=True)),
                ("told", models.BooleanField(default=False)),
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
                    "gold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="probes",
                        to="tasks.gold",
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
                    models.Index(models.F("dataset"), models.F("user"), name="probe_by_person")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("gold", "user"), name="probe_once_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("right", None), ("score", None)),
                            models.Q(
                                ("right__isnull", False), ("score__gte", 0), ("score__lte", 1)
                            ),
                            _connector="OR",
                        ),
                        name="probe_score_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=150)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="tasks.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="tasks.thread",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "user"), name="mention_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("probe", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("changed_in", models.BigIntegerField(db_default=0, editable=False)),
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
                        related_name="answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("user"),
                        models.F("dataset"),
                        models.F("updated_at"),
                        name="answer_mine",
                    ),
                    models.Index(fields=["dataset", "changed_in", "id"], name="answer_by_change"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "user"), name="answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                (
                    "answer",
                    models.CharField(
                        choices=[("accept", "Accept"), ("reject", "Reject"), ("ignore", "Ignore")],
                        max_length=6,
                    ),
                ),
                ("spans", models.JSONField(default=list)),
                ("accept", models.JSONField(default=list)),
                ("attributes", models.JSONField(default=dict)),
                ("seconds", models.FloatField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("client_key", models.CharField(max_length=128)),
                ("request_hash", models.CharField(max_length=64)),
                ("response", models.JSONField(null=True)),
                ("config_version", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer_row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="tasks.answer",
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "client_key"), name="revision_key_once"
                    ),
                    models.UniqueConstraint(fields=("answer_row", "seq"), name="revision_seq_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["accept", "reject", "ignore"])),
                        name="revision_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seconds", None),
                            models.Q(("seconds__gte", 0), ("seconds__lte", 86400)),
                            _connector="OR",
                        ),
                        name="revision_seconds_sane",
                    ),
                ],
            },
        ),
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
                ("seen_at", models.DateTimeField(null=True)),
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
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tasks.revision",
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
        migrations.AddField(
            model_name="Answer",
            name="head",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tasks.revision",
            ),
        ),
    ]
