import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import concord.ids

# What people were told stays on record. Deleting is left to the purge of a whole dataset.
VERSIONS = """
CREATE FUNCTION datasets_guideline_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('concord.purging', true) = OLD.dataset_id::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'datasets_guideline is insert-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER datasets_guideline_insert_only BEFORE UPDATE OR DELETE ON datasets_guideline
    FOR EACH ROW EXECUTE FUNCTION datasets_guideline_is_insert_only();
"""
VERSIONS_BACK = """
DROP TRIGGER datasets_guideline_insert_only ON datasets_guideline;
DROP FUNCTION datasets_guideline_is_insert_only();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("datasets", "0001_initial"),
        ("datasets", "0002_image_choice"),
        ("datasets", "0003_known_images"),
        ("datasets", "0004_image_addresses"),
        ("datasets", "0005_image_interface"),
        ("datasets", "0006_guidelines"),
        ("datasets", "0007_probe_images"),
        ("datasets", "0008_levels"),
        ("datasets", "0009_taken_down"),
        ("datasets", "0010_kept_bytes"),
        ("datasets", "0011_merged_labels"),
        ("datasets", "0012_deleted_by"),
    ]

    dependencies = [
        ("annotators", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("media_type", models.CharField(max_length=50)),
                ("size", models.BigIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("exif_orientation", models.PositiveSmallIntegerField(default=1)),
                ("rendition_sha256", models.CharField(max_length=64)),
                ("rendition_media_type", models.CharField(max_length=50)),
                ("rendition_size", models.BigIntegerField()),
                ("level_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("level_media_type", models.CharField(blank=True, default="", max_length=50)),
                ("thumbnail_sha256", models.CharField(max_length=64)),
                ("kept", models.BooleanField(db_default=True, default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("height__gte", 1), ("size__gte", 1), ("width__gte", 1)),
                        name="blob_has_extent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", True), ("level_sha256", ""), _connector="OR"),
                        name="blob_level_only_if_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dataset",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=150)),
                ("description", models.TextField(blank=True)),
                (
                    "interface",
                    models.CharField(
                        choices=[
                            ("image_manual", "Image Manual"),
                            ("classification", "Classification"),
                            ("choice", "Choice"),
                            ("image_choice", "Image Choice"),
                            ("image", "Image"),
                        ],
                        max_length=20,
                    ),
                ),
                ("config", models.JSONField(default=dict)),
                ("config_version", models.PositiveIntegerField(default=1)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("archived_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deleted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "interface__in",
                                [
                                    "image_manual",
                                    "classification",
                                    "choice",
                                    "image_choice",
                                    "image",
                                ],
                            )
                        ),
                        name="dataset_interface_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfigVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("config", models.JSONField()),
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
                        related_name="config_versions",
                        to="datasets.dataset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "version"), name="config_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Guideline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
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
                        related_name="guidelines",
                        to="datasets.dataset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "version"), name="guideline_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("copy", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=500)),
                ("source_url", models.TextField(blank=True)),
                ("meta", models.JSONField(default=dict)),
                ("known", models.BooleanField(null=True)),
                ("probe", models.BooleanField(default=False)),
                ("taken_down_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="images",
                        to="datasets.blob",
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="images",
                        to="datasets.dataset",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("dataset"), models.F("id"), name="image_by_dataset"),
                    models.Index(
                        models.F("dataset"),
                        models.F("id"),
                        condition=models.Q(("known__isnull", False)),
                        name="image_known",
                    ),
                    django.contrib.postgres.indexes.HashIndex(
                        condition=models.Q(("source_url", ""), _negated=True),
                        fields=["source_url"],
                        name="image_by_source_url",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("probe", False)),
                        fields=("dataset", "blob", "copy"),
                        name="image_once",
                    ),
                    models.UniqueConstraint(fields=("id", "dataset"), name="image_of_dataset"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=concord.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("colour", models.CharField(max_length=7)),
                ("key", models.CharField(blank=True, max_length=1)),
                (
                    "shapes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("attributes", models.JSONField(default=list)),
                ("position", models.PositiveIntegerField()),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="labels",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="datasets.label",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [
                    models.Index(
                        models.F("dataset"),
                        condition=models.Q(("merged_into", None), _negated=True),
                        name="label_merged",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dataset", "name"), name="label_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("colour__regex", "^#[0-9a-f]{6}$")),
                        name="label_colour_is_hex",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="label_not_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "Manager"),
                            ("reviewer", "Reviewer"),
                            ("annotator", "Annotator"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="datasets.dataset",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dataset", "user"), name="membership_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["manager", "reviewer", "annotator", "viewer"])
                        ),
                        name="membership_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "Manager"),
                            ("reviewer", "Reviewer"),
                            ("annotator", "Annotator"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
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
                        fields=("dataset", "email"), name="pending_membership_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuidelineReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(auto_now_add=True)),
                (
                    "guideline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="datasets.guideline",
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
                        fields=("guideline", "user"), name="guideline_reading_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(VERSIONS, VERSIONS_BACK),
    ]
