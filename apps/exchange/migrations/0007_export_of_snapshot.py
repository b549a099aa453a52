from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_content_hash"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="snapshot",
            field=models.ForeignKey(
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to="exchange.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="snapshot_name",
            field=models.CharField(blank=True, db_default="", max_length=100),
        ),
    ]
