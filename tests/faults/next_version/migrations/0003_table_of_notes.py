from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("next_version", "0002_column_of_revisions")]

    operations = [
        migrations.RunSQL(
            "CREATE TABLE next_version_note (task_id uuid REFERENCES tasks_task, text text)"
        )
    ]
