from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_LINES = 4 * MAX_ROWS  # with the empty ones
MAX_COLUMNS = 100

Line = tuple[int, Sequence[Any]]


class Refused(ValidationError):
    """The file as a whole cannot be read, with a sentence that says why."""
