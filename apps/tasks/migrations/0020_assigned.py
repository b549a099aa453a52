import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0012_deleted_by"),
        ("tasks", "0019_browsing"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="assigned",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), null=True, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("dataset"),
                condition=models.Q(("assigned__isnull", False)),
                name="task_by_assignment",
            ),
        ),
    ]
