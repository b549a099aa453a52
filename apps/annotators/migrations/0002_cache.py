"""The table in which rate limits are counted: what `manage.py createcachetable` would make, so
that `migrate` alone prepares a database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotators", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE concord_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX concord_cache_expires ON concord_cache (expires);
            """,
            "DROP TABLE concord_cache",
        )
    ]
