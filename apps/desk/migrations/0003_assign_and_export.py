from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0002_day_counts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="deed",
            field=models.CharField(
                choices=[
                    ("tag", "Tag"),
                    ("priority", "Priority"),
                    ("assign", "Assign"),
                    ("export", "Export"),
                    ("requeue", "Requeue"),
                    ("delete", "Delete"),
                    ("answer", "Answer"),
                ],
                max_length=8,
            ),
        ),
    ]
