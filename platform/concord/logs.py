"""Structured logs: one JSON object a line, each with the id of the request or job it is of."""

from __future__ import annotations

import logging
import logging.config
import sys
from typing import Any, TextIO, cast

import structlog

from concord.outlet import Outlet

outlet = Outlet(sys.stderr)
"""Of all lines of this process."""

# Every line passes these, whether structlog or a library's logger wrote it.
PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]

HANDLING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": PROCESSORS,
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": outlet},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "botocore": {"level": "WARNING"},
    },
}


def quick_log(file: TextIO | Outlet) -> Any:
    """A log for what is written at every request: the way round by the standard library takes five
    times as long. Its lines look like all others."""
    return structlog.wrap_logger(
        structlog.WriteLogger(cast(TextIO, file)),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.BoundLogger,
    ).bind()


def configure(settings: dict[str, Any]) -> None:
    """Set up logging for this process; Django calls it with its LOGGING, which comes on top."""
    structlog.configure(
        processors=[*PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    together: dict[str, Any] = {**HANDLING, **settings}
    logging.config.dictConfig(together)
