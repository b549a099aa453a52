"""When the author of an answer got what was said of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0017_threads"),
    ]

    operations = [
        migrations.AddField(
            model_name="return",
            name="seen_at",
            field=models.DateTimeField(null=True),
        ),
    ]
