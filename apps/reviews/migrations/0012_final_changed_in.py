"""Each write of a final answer says in which transaction it happened, for the feed of answers."""

from django.db import migrations, models

from concord.stamping import stamp_changes


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_browsing")]

    operations = [
        migrations.AddField(
            model_name="final",
            name="changed_in",
            field=models.BigIntegerField(db_default=0, editable=False),
        ),
        stamp_changes("reviews_final"),
        migrations.AddIndex(
            model_name="final",
            index=models.Index(fields=["dataset", "changed_in", "task"], name="final_by_change"),
        ),
    ]
