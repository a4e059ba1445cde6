"""One JSON line per event on standard output, with the id of the request or job it belongs to."""

import logging
import re
from typing import Any

import structlog
from structlog.typing import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]

# Who knows the rest of such an address may read what a client reads.
SHARED_ADDRESS = re.compile(r"/share/[\w-]+")


def without_keys(logger: Any, method: str, line: Any) -> str:
    """The finished line, tracebacks included, without the keys of share links."""
    return SHARED_ADDRESS.sub("/share/…", str(line))


def formatter() -> logging.Formatter:
    """What settings.LOGGING asks for once, when Django starts."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
            without_keys,
        ],
    )
