from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("next_version", "0001_column_of_slots")]

    operations = [migrations.RunSQL("ALTER TABLE tasks_revision ADD COLUMN mood text")]
