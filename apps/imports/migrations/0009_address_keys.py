"""Lines are told apart by one short column, and bound to their dataset by their import alone."""

import django.db.models.deletion
from django.db import migrations, models

KEYS = """
UPDATE imports_importrow
   SET address_key = uuid_send(import_id) || substring(decode(url_hash, 'hex') FOR 16)
 WHERE url_hash <> ''
"""
HASHES = """
UPDATE imports_importrow SET url_hash = rpad(encode(substring(address_key FROM 17), 'hex'), 64, '0')
 WHERE address_key IS NOT NULL
"""
BOUND = """
ALTER TABLE imports_importrow ADD CONSTRAINT imports_importrow_import_id_same_dataset
FOREIGN KEY (import_id, dataset_id) REFERENCES imports_import (id, dataset_id)
DEFERRABLE INITIALLY DEFERRED
"""
FREE = "ALTER TABLE imports_importrow DROP CONSTRAINT imports_importrow_import_id_same_dataset"
# The planner hears of a new list before a share of all lines has changed.
OFTEN = """
ALTER TABLE imports_importrow
      SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000)
"""
BY_SHARE = """
ALTER TABLE imports_importrow
      RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0008_replacements")]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="address_key",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.RunSQL(KEYS, HASHES),
        # What was written by the statement above must be checked before the table is altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="importrow", name="import_row_by_url"),
        migrations.RemoveField(model_name="importrow", name="url_hash"),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                models.F("address_key"), models.F("line"), name="import_row_by_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(fields=("id", "dataset"), name="import_of_dataset"),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="dataset",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="datasets.dataset",
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="of_import",
            field=models.ForeignKey(
                db_column="import_id",
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="imports.import",
            ),
        ),
        migrations.RunSQL(BOUND, FREE),
        migrations.RunSQL(OFTEN, BY_SHARE),
    ]
