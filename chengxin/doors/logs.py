"""Logs for operators: one JSON object a line, without personal data.

What we log ourselves is a fixed list of fields; whatever else stands in a line, ours or a library's, passes ``redact``:
numbers long enough to be a document's (a passport's letters included), Chinese text (our own events are English, so it can
only be content), what follows a question mark in an address, and the messages of exceptions (PostgreSQL puts whole rows
into them) never reach the log.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

FIELDS = frozenset(
    {
        "event", "level", "logger", "timestamp", "request", "route", "method", "status", "ms", "actor", "role",
        "code", "reference", "part", "fault", "at", "job", "job_id", "queue", "attempt", "batch", "rows", "count", "seconds",
    }
)  # fmt: skip
"""The fields a line may have; any other is dropped, so that nobody logs a name by adding a keyword."""

_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{6,}[0-9Xx]*")
# passports and permits begin with letters; a token that goes on, or a part of a UUID, is none
_LETTERED_NUMBER = re.compile(r"(?<![0-9A-Za-z-])[A-Za-z]{1,2}[0-9]{6,9}(?![0-9A-Za-z-])")
_QUERY = re.compile(r"\?[^\s\"']*")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

EventDict = MutableMapping[str, Any]


def cleaned(text: str) -> str:
    """A text without long numbers, query strings and Chinese."""
    for pattern, instead in ((_QUERY, "?…"), (_LONG_NUMBER, "…"), (_LETTERED_NUMBER, "…"), (_CHINESE, "…")):
        text = pattern.sub(instead, text)
    return text


def redact(_logger: object, _method: str, line: EventDict) -> EventDict:
    """The last processor but one: keeps the listed fields and cleans their texts."""
    kept = {name: value for name, value in line.items() if name in FIELDS}
    return {
        name: cleaned(value) if isinstance(value, str) and name != "timestamp" else value
        for name, value in kept.items()
    }


def name_fault(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Of an exception only its class and the places it passed through; never its message."""
    info = line.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        line["fault"] = info[0].__qualname__
        line["at"] = _places(info[2])
    return line


def _places(trace: TracebackType | None) -> list[str]:
    """``file:line`` from the outside in, the last ten; files by name and folder, without the machine's paths."""
    frames = traceback.extract_tb(trace)[-10:]
    return [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno}" for frame in frames]


def _plain_event(_logger: object, _method: str, line: EventDict) -> EventDict:
    """A library's line: its template without the arguments, because arguments are where the content is."""
    record = line.get("_record")
    if isinstance(record, logging.LogRecord):
        line["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    return line


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    name_fault,
]


def configure(options: Mapping[str, Any]) -> None:
    """Django's LOGGING_CONFIG: called once at start with settings.LOGGING (``level``: the least level that is written)."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": [*_SHARED, _plain_event],
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        redact,
                        structlog.processors.JSONRenderer(),
                    ],
                }
            },
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["out"], "level": options.get("level", "INFO")},
            "loggers": {
                # our own line says the same without the address
                "django.server": {"handlers": ["out"], "level": "ERROR", "propagate": False},
                "django.request": {"level": "CRITICAL"},
                "procrastinate": {"level": "WARNING"},
            },
        }
    )
