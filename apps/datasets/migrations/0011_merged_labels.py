"""Labels that were merged are found at once, and none is merged into itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datasets", "0010_kept_bytes")]

    operations = [
        migrations.AddIndex(
            model_name="label",
            index=models.Index(
                models.F("dataset"),
                condition=models.Q(("merged_into", None), _negated=True),
                name="label_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="label_not_merged_into_itself",
            ),
        ),
    ]
