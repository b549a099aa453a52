"""How the scores of a queue are spread, to put tasks among them at random."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0020_assigned"),
    ]

    operations = [
        migrations.AddField(
            model_name="queue",
            name="ladder",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(null=True), db_default=[], default=list, size=None
            ),
        ),
    ]
