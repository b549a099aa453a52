"""Answers that were given in another tool keep their time; nothing changes in the database."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("tasks", "0022_answer_changed_in")]

    operations = [
        migrations.AlterField(
            model_name="revision",
            name="created_at",
            field=models.DateTimeField(default=timezone.now),
        ),
    ]
