"""Copies of images under which gold is shown once more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0006_guidelines"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="image",
            name="image_once",
        ),
        migrations.AddField(
            model_name="image",
            name="probe",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.UniqueConstraint(
                condition=models.Q(("probe", False)),
                fields=("dataset", "blob", "copy"),
                name="image_once",
            ),
        ),
    ]
