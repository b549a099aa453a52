"""The orders in which tasks come to a reviewer, as indexes of what waits."""

from django.db import migrations

LEAST_SURE = "confidence NULLS FIRST, order_key, task_id"
ORDERS = {
    "loss": LEAST_SURE,
    "class": f"(labels[1]), {LEAST_SURE}",
    "annotator": f"annotators, {LEAST_SURE}",
    "random": "md5(task_id::text)",
    "oldest": "made_at, order_key, task_id",
    "missed": f"(state = 'conflicted' AND conflict_kinds = '{{}}') DESC, {LEAST_SURE}",
}
# A build that was given up leaves an index behind that nothing uses, under the same name.
GONE = "DROP INDEX CONCURRENTLY IF EXISTS facts_next_{name}"
MADE = """
CREATE INDEX CONCURRENTLY facts_next_{name}
    ON reviews_taskfacts (dataset_id, {order}) WHERE {waiting}
"""
WAITING = "state IN ('answered', 'conflicted') AND NOT withdrawn"


def index(name: str, order: str) -> migrations.RunSQL:
    gone = GONE.format(name=name)
    made = MADE.format(name=name, order=order, waiting=WAITING)
    return migrations.RunSQL([gone, made], gone)


class Migration(migrations.Migration):
    atomic = False  # people go on reviewing while the indexes are built
    dependencies = [("reviews", "0002_walls")]
    operations = [index(name, order) for name, order in ORDERS.items()]
