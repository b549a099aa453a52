"""Reviewers give tasks back with a reason."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0010_kept_bytes"),
        ("reviews", "0008_bulk"),
        ("tasks", "0016_returns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_action_known",
        ),
        migrations.AlterField(
            model_name="decision",
            name="action",
            field=models.CharField(
                choices=[
                    ("accept", "Accept"),
                    ("version", "Version"),
                    ("label", "Label"),
                    ("edit", "Edit"),
                    ("delete", "Delete"),
                    ("reject", "Reject"),
                    ("send_back", "Send Back"),
                    ("escalate", "Escalate"),
                    ("give_back", "Give Back"),
                    ("reset", "Reset"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        (
                            "accept",
                            "version",
                            "label",
                            "edit",
                            "delete",
                            "reject",
                            "send_back",
                            "escalate",
                            "give_back",
                            "reset",
                        ),
                    )
                ),
                name="decision_action_known",
            ),
        ),
    ]
