import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

import concord.ids


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("reviews", "0001_initial"),
        ("reviews", "0003_block_conflicts"),
        ("reviews", "0004_skills"),
        ("reviews", "0005_trust"),
        ("reviews", "0006_insights"),
        ("reviews", "0007_conflict_versions"),
        ("reviews", "0008_bulk"),
        ("reviews", "0009_give_back"),
        ("reviews", "0010_second_look"),
        ("reviews", "0011_browsing"),
        ("reviews", "0012_final_changed_in"),
    ]

    dependencies = [
        ("annotators", "__first__"),
        ("datasets", "0001_tables"),
        ("tasks", "0001_tables"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.CreateModel(
            name="Insights",
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
                ("figures", models.JSONField()),
                ("event", models.BigIntegerField()),
                ("measured_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Bulk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=128)),
                ("request_hash", models.BinaryField()),
                ("outcome", models.JSONField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
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
                    models.UniqueConstraint(fields=("user", "key"), name="bulk_asked_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("label", "Label"),
                            ("extent", "Extent"),
                            ("existence", "Existence"),
                            ("group", "Group"),
                            ("duplicate", "Duplicate"),
                            ("answer", "Answer"),
                            ("unsure", "Unsure"),
                            ("block", "Block"),
                        ],
                        max_length=10,
                    ),
                ),
                ("object_index", models.PositiveIntegerField(null=True)),
                ("detail", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("decided", "Decided"),
                            ("superseded", "Superseded"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("task_version", models.PositiveIntegerField(default=0)),
                ("superseded_version", models.PositiveIntegerField(null=True)),
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
                        related_name="conflicts",
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("task"),
                        models.F("state"),
                        models.F("position"),
                        name="conflict_by_task",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("kind"),
                        models.F("id"),
                        condition=models.Q(("state", "open")),
                        name="conflict_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "label",
                                    "extent",
                                    "existence",
                                    "group",
                                    "duplicate",
                                    "answer",
                                    "unsure",
                                    "block",
                                ],
                            )
                        ),
                        name="conflict_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Final",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed"),
                            ("decided", "Decided"),
                            ("single", "Single"),
                            ("merged", "Merged"),
                        ],
                        max_length=7,
                    ),
                ),
                ("answer", models.CharField(max_length=6)),
                ("spans", models.JSONField(default=list)),
                ("accept", models.JSONField(default=list)),
                ("attributes", models.JSONField(default=dict)),
                ("provenance", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now=True)),
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
                    "decided_by",
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
                    models.Index(fields=["dataset", "changed_in", "task"], name="final_by_change")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["accept", "reject", "ignore"])),
                        name="final_answer_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewLease",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("token", models.UUIDField(default=concord.ids.uuid7)),
                ("expires_at", models.DateTimeField()),
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
                    models.Index(models.F("user"), models.F("dataset"), name="review_lease_mine")
                ],
            },
        ),
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
        migrations.CreateModel(
            name="Skills",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("people", models.JSONField()),
                ("passing", models.JSONField(default=list)),
                ("tasks", models.PositiveIntegerField()),
                ("event", models.BigIntegerField()),
                ("learnt_at", models.DateTimeField(auto_now_add=True)),
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
                    models.Index(
                        models.F("dataset"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="skills_newest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskFacts",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("conflicted", "Conflicted"),
                            ("final", "Final"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "labels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                (
                    "conflict_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                (
                    "annotators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("answers", models.PositiveIntegerField(default=0)),
                ("confidence", models.FloatField(null=True)),
                ("verdict", models.CharField(blank=True, default="", max_length=6)),
                ("shapes", models.PositiveIntegerField(null=True)),
                (
                    "sizes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), default=list, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50), default=list, size=None
                    ),
                ),
                ("order_key", models.BigIntegerField(default=0)),
                ("score", models.FloatField(null=True)),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                    models.Index(
                        models.F("dataset"),
                        models.F("state"),
                        models.F("order_key"),
                        models.F("task"),
                        name="facts_by_state",
                    ),
                    models.Index(
                        fields=["dataset", "state", "answers"],
                        include=("task", "updated_at"),
                        name="facts_counted",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("order_key"),
                        models.F("task"),
                        name="facts_by_order",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("made_at"),
                        models.F("task"),
                        name="facts_by_time",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("score"),
                        models.F("task"),
                        name="facts_by_score",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("confidence"),
                        models.F("task"),
                        name="facts_by_confidence",
                    ),
                    models.Index(
                        models.F("dataset"),
                        models.F("shapes"),
                        models.F("task"),
                        name="facts_by_shapes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Behind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                (
                    "tasks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
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
                    models.UniqueConstraint(fields=("dataset", "key"), name="behind_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("accept", "Accept"),
                            ("version", "Version"),
                            ("label", "Label"),
                            ("edit", "Edit"),
                            ("delete", "Delete"),
                            ("reject", "Reject"),
                            ("send_back", "Send Back"),
                            ("escalate", "Escalate"),
                            ("give_back", "Give Back"),
                            ("reset", "Reset"),
                        ],
                        max_length=10,
                    ),
                ),
                ("detail", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                ("task_version", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "bulk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="reviews.bulk",
                    ),
                ),
                (
                    "conflict",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="reviews.conflict",
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
                        related_name="decisions",
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
                        condition=models.Q(("bulk", None), _negated=True),
                        fields=("bulk", "conflict"),
                        name="decided_once_in_bulk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "action__in",
                                (
                                    "accept",
                                    "version",
                                    "label",
                                    "edit",
                                    "delete",
                                    "reject",
                                    "send_back",
                                    "escalate",
                                    "give_back",
                                    "reset",
                                ),
                            )
                        ),
                        name="decision_action_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="tasks.task",
                    ),
                ),
                ("task_version", models.PositiveIntegerField()),
                ("algorithm", models.CharField(max_length=100)),
                (
                    "revisions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("result", models.JSONField()),
                ("confidence", models.FloatField(null=True)),
                ("calibrated", models.FloatField(null=True)),
                ("merged_at", models.DateTimeField(auto_now=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "skills",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="reviews.skills",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence", None),
                            models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                            _connector="OR",
                        ),
                        name="merge_confidence_is_share",
                    )
                ],
            },
        ),
    ]
