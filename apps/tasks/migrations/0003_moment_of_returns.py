"""The database's clock says when: servers' clocks differ, and the last word is to be the last."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_walls")]

    operations = [
        migrations.AlterField("return", "created_at", models.DateTimeField(db_default=Now())),
    ]
