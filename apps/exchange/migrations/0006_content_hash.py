from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0005_options"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="content_sha256",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
    ]
