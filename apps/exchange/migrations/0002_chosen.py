import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="chosen",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Chosen",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "export_id",
                        "task_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("task_id", models.UUIDField()),
                (
                    "export",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.export",
                    ),
                ),
            ],
        ),
    ]
