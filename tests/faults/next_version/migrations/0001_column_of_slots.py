from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_walls")]

    operations = [
        migrations.RunSQL("ALTER TABLE tasks_slot ADD COLUMN mood smallint NOT NULL DEFAULT 0")
    ]
