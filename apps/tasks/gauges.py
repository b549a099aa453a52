"""Work that is held, as operators watch it."""

from collections.abc import Mapping

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Extract, Now

from apps.tasks.models import Slot, SlotState
from concord.gauges import gauge

LEASED = Slot.objects.filter(state=SlotState.LEASED)


@gauge("concord_leases", "Tasks that somebody holds, by whether their time has run out", "over")
def leases() -> Mapping[tuple[str, ...], float]:
    """A lease that is over is as good as free."""
    over = Q(lease_expires_at__lte=Now())
    counted = LEASED.aggregate(over=Count("n", filter=over), live=Count("n", filter=~over))
    return {("true",): counted["over"], ("false",): counted["live"]}


@gauge("concord_leases_oldest_seconds", "For how long somebody has held the same task at most")
def oldest_lease() -> Mapping[tuple[str, ...], float]:
    """Live ones only: people keep theirs for as long as they work."""
    live = LEASED.filter(lease_expires_at__gt=Now())
    age = live.aggregate(age=Max(Extract(Now() - F("leased_at"), "epoch")))["age"]
    return {(): float(age or 0)}
