"""How many scores came since the ladder of a queue was held to them, and of how many it was then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0023_given_elsewhere")]

    operations = [
        migrations.AddField(
            model_name="queue",
            name=name,
            field=models.PositiveIntegerField(db_default=0, default=0),
        )
        for name in ("unseen", "counted")
    ]
