from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # an index that is made beside people's work is made outside of transactions
    dependencies = [("next_version", "0003_table_of_notes")]

    operations = [
        migrations.RunSQL("CREATE INDEX CONCURRENTLY slot_by_mood ON tasks_slot (mood, task_id)")
    ]
