"""What webhooks are owed, as operators watch it."""

from collections.abc import Mapping

from django.db.models import Count, F, Max
from django.db.models.functions import Extract, Now

from apps.exchange.models import Delivery
from concord.gauges import gauge

WAITING = Delivery.objects.filter(state=Delivery.State.WAITING)


@gauge("concord_deliveries_waiting", "Messages that webhooks are owed")
def waiting() -> Mapping[tuple[str, ...], float]:
    """Those for later attempts, too."""
    return {(): WAITING.aggregate(count=Count("id"))["count"]}


@gauge(
    "concord_deliveries_oldest_due_seconds", "How long the oldest message that is due has waited"
)
def oldest_due() -> Mapping[tuple[str, ...], float]:
    """Grows where nobody sends them, or a receiver takes none."""
    due = WAITING.filter(due_at__lte=Now())
    age = due.aggregate(age=Max(Extract(Now() - F("due_at"), "epoch")))["age"]
    return {(): float(age or 0)}
