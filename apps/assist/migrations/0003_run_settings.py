"""A run has a threshold, a batch and a version of its own; those that are there have the server's."""

from django.db import migrations, models

COPY = """
UPDATE assist_predictionrun run
   SET threshold = server.threshold, batch = server.batch, version = server.version
  FROM assist_modelserver server WHERE server.id = run.server_id
"""


class Migration(migrations.Migration):
    dependencies = [("assist", "0002_servers")]

    operations = [
        migrations.AddField(
            model_name="predictionrun",
            name="threshold",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="predictionrun",
            name="batch",
            field=models.PositiveSmallIntegerField(default=8),
        ),
        migrations.AddField(
            model_name="predictionrun",
            name="version",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
