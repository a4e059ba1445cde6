"""Parts of a page that stand for themselves: one that cannot be counted does not take the rest."""

import logging
from collections.abc import Callable
from typing import TypeVar

logger = logging.getLogger(__name__)
T = TypeVar("T")


class Panels:
    """Builds the parts of one page and remembers the names of those that failed."""

    def __init__(self) -> None:
        self.failed: set[str] = set()

    def build(self, name: str, make: Callable[[], T], otherwise: T) -> T:
        """What `make` gives. If it crashes, that is logged, and the page says so in that place."""
        try:
            return make()
        except Exception:
            logger.exception("The panel %s could not be counted", name)
            self.failed.add(name)
            return otherwise
