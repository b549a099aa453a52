from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("concord", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EventReader",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sure", models.BigIntegerField(default=0)),
                ("mark", models.BigIntegerField(null=True)),
                ("transaction", models.BigIntegerField(null=True)),
                ("marked_at", models.DateTimeField(null=True)),
            ],
        ),
        # Nobody is told today what happened before there was anybody to tell it.
        migrations.RunSQL(
            """
            INSERT INTO concord_eventreader (name, sure)
            SELECT 'notifications', max(id) FROM concord_event HAVING max(id) IS NOT NULL
            """,
            migrations.RunSQL.noop,
        ),
    ]
