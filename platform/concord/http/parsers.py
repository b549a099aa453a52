"""DRF's door to strict JSON. Apart from it, since files on a desk are read without Django."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from concord.errors import Invalid, TooLarge
from concord.http.strictjson import StrictJsonError, loads_strict


class StrictJSONParser(BaseParser):
    """Bodies read by `loads_strict`, with the size limit of DATA_UPLOAD_MAX_MEMORY_SIZE."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 (DRF's signature)
    ) -> Any:
        """Return the parsed body; raise Invalid or TooLarge."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise TooLarge("too_large", f"The body is larger than {limit} bytes.", limit=limit)
        charset = (media_type or "").lower().partition("charset=")[2].strip('"; ')
        if charset not in {"", "utf-8", "utf8"}:
            raise Invalid("malformed_json", "JSON is UTF-8; no other charset is read.")
        try:
            return loads_strict(data)
        except StrictJsonError as error:
            raise Invalid(error.code, str(error)) from error
