"""Each write of an answer says in which transaction it happened, for the feed of answers."""

from django.db import migrations, models

from concord.stamping import stamp_changes


class Migration(migrations.Migration):
    dependencies = [("tasks", "0021_ladder")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="changed_in",
            field=models.BigIntegerField(db_default=0, editable=False),
        ),
        stamp_changes("tasks_answer"),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["dataset", "changed_in", "id"], name="answer_by_change"),
        ),
    ]
