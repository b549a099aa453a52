from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def note_those_being_read(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    """Until now the state alone said so."""
    apps.get_model("imports", "Import").objects.filter(state="reading").update(reading=True)


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0004_listings"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="reading",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(note_those_being_read, migrations.RunPython.noop),
    ]
