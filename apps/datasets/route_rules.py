"""Which routes a dataset accepts."""

from __future__ import annotations

from typing import Any

from apps.annotators.models import normalise_email
from apps.datasets.domain.routing import Route
from apps.datasets.setting_values import RuleError, read_object, read_text

MOST_ROUTES = 100
MOST_PEOPLE = 64


def read_routing(value: Any) -> tuple[Route, ...]:
    """The routes, in the order in which they are tried."""
    if not isinstance(value, list) or len(value) > MOST_ROUTES:
        raise RuleError(f"This must be a list of at most {MOST_ROUTES} routes.")
    return tuple(_route(item) for item in value)


def _route(value: Any) -> Route:
    route = read_object(value, required={"meta", "to"}, optional={"equals"})
    meta, to, equals = read_text(route["meta"]), route["to"], route.get("equals")
    if not meta:
        raise RuleError("A route names the meta key that it looks at.")
    if to in ("named", "others"):
        if equals is not None:
            raise RuleError("A route to whom the meta names does not compare it with a value.")
        return Route(meta=meta, to=to)
    if not isinstance(to, list) or not 0 < len(to) <= MOST_PEOPLE:
        raise RuleError(
            f'A route goes to 1 to {MOST_PEOPLE} e-mail addresses, to "named" or to "others".'
        )
    if not isinstance(equals, str | int | float):
        raise RuleError("A route to people needs the value that the meta key equals.")
    return Route(meta=meta, to=tuple(_address(person) for person in to), equals=equals)


def _address(value: Any) -> str:
    address = normalise_email(read_text(value))
    if "@" not in address:
        raise RuleError(f"{address or 'An empty text'} is no e-mail address.")
    return address
