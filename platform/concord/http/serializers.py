"""What serializers of this product are made of beside what the framework brings."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from drf_spectacular.drainage import set_override
from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know, and those that are only for reading."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values, or raise with every unknown field named."""
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            if unknown := sorted(str(name) for name in data if name not in known):
                raise serializers.ValidationError({name: ["Unknown field."] for name in unknown})
        return super().to_internal_value(data)

    @classmethod
    def parse(cls, data: Any) -> dict[str, Any]:
        """Return the checked values of `data`; raises ValidationError with every fault named."""
        return cast(dict[str, Any], _reader(cls).run_validation(data))


@cache
def _reader(kind: type[StrictSerializer]) -> StrictSerializer:
    """One serializer for all bodies of a kind: it keeps nothing of what it checks, and making its
    fields anew, as the framework would, takes longer than the check."""
    return kind()


class JsonOf(serializers.JSONField):
    """JSON whose form the OpenAPI document tells and the domain checks: a schema, or the
    serializer that shows it."""

    def __init__(self, form: Mapping[str, Any] | serializers.BaseSerializer[Any], **kwargs: Any):
        super().__init__(**kwargs)
        set_override(self, "field", form)
