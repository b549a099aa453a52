from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotators", "0002_cache")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="prefix",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
