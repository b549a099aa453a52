import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial"), ("desk", "0001_views_and_acts")]

    operations = [
        migrations.CreateModel(
            name="DayCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dataset_id",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("open", models.PositiveIntegerField()),
                ("answered", models.PositiveIntegerField()),
                ("conflicted", models.PositiveIntegerField()),
                ("final", models.PositiveIntegerField()),
                ("rebuilt", models.BooleanField(default=False)),
                ("event", models.BigIntegerField(default=0)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="datasets.dataset",
                    ),
                ),
            ],
        ),
    ]
