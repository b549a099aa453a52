"""Rows under way, as operators watch them."""

from collections.abc import Mapping

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Extract, Now

from apps.imports.models import ImportRow, RowState
from concord.gauges import gauge

UNDER_WAY = ImportRow.objects.filter(state=RowState.FETCHING)


@gauge(
    "concord_import_rows_under_way", "Rows being fetched, by whether their claim is over", "over"
)
def under_way() -> Mapping[tuple[str, ...], float]:
    """A claim that is over belongs to a worker that died: another takes the row."""
    over = Q(claimed_until__lte=Now())
    counted = UNDER_WAY.aggregate(over=Count("id", filter=over), live=Count("id", filter=~over))
    return {("true",): counted["over"], ("false",): counted["live"]}


@gauge("concord_import_rows_stuck_seconds", "For how long a row has been stuck with a dead worker")
def stuck() -> Mapping[tuple[str, ...], float]:
    """Beyond a minute nobody sees to it."""
    over = UNDER_WAY.filter(claimed_until__lte=Now())
    age = over.aggregate(age=Max(Extract(Now() - F("claimed_until"), "epoch")))["age"]
    return {(): float(age or 0)}
