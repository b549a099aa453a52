from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotators", "0005_tries"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notification",
            name="notification_kind_known",
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invited", "Invited"),
                    ("sent_back", "Sent Back"),
                    ("mentioned", "Mentioned"),
                    ("resolved", "Resolved"),
                    ("import_done", "Import Done"),
                    ("import_stopped", "Import Stopped"),
                    ("export_done", "Export Done"),
                    ("webhook_stopped", "Webhook Stopped"),
                    ("mail_failed", "Mail Failed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "invited",
                            "sent_back",
                            "mentioned",
                            "resolved",
                            "import_done",
                            "import_stopped",
                            "export_done",
                            "webhook_stopped",
                            "mail_failed",
                        ],
                    )
                ),
                name="notification_kind_known",
            ),
        ),
    ]
