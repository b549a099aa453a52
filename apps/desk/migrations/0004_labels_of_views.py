from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_assign_and_export"),
    ]

    operations = [
        migrations.AddField(
            model_name="view",
            name="labels",
            field=models.JSONField(default=dict),
        ),
    ]
