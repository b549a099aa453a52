"""Events that somebody has still to read, as operators watch them."""

from collections.abc import Mapping

from django.db.models.functions import Now

from concord.events.models import Event, EventReader
from concord.gauges import gauge


@gauge(
    "concord_events_oldest_unread_seconds",
    "Age of the oldest event of which a reader is not sure yet; about a minute while all is well",
    "reader",
)
def oldest_unread() -> Mapping[tuple[str, ...], float]:
    """So late come webhooks and notifications at worst."""
    found: dict[tuple[str, ...], float] = {}
    for reader in EventReader.objects.all():
        oldest = Event.objects.filter(id__gt=reader.sure).order_by("id").annotate(now=Now()).first()
        found[(reader.name,)] = (oldest.now - oldest.at).total_seconds() if oldest else 0.0
    return found
