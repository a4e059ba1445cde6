"""What a run could not read, and why, in words a person can act on."""

from typing import TypedDict

from tasks.asana.errors import AsanaError, AsanaUnavailable, Postponed, UnauthorizedError


class Problem(TypedDict):
    project: str
    reason: str


def raise_if_fatal(error: Exception) -> None:
    """Raise again what ends the whole run; return when it concerns one piece of work only."""
    if isinstance(error, UnauthorizedError | Postponed):
        raise error
    if not isinstance(error, AsanaError | AsanaUnavailable):
        raise error
