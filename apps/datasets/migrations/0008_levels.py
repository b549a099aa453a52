"""Large images in fewer pixels, for display. Those that are there go on without."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0007_probe_images"),
    ]

    operations = [
        migrations.AddField(
            model_name="blob",
            name="level_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="blob",
            name="level_media_type",
            field=models.CharField(blank=True, default="", max_length=50),
        ),
    ]
