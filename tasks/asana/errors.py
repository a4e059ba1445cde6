"""The two ways in which asking Asana fails: for good, or for now."""


class AsanaError(Exception):
    """Asana understood and said no. Asking again in the same way would get the same answer.

    `phrase` is Asana's own name of the failure, `body` what it said word for word.
    """

    phrase = body = ""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status


class UnauthorizedError(AsanaError):
    """The token is not, or no longer, valid."""


class ForbiddenError(AsanaError):
    """The token's user, or the workspace's plan, does not reach this."""


class NotFoundError(AsanaError):
    """Asana has nothing by this gid."""


class ExpiredOffsetError(AsanaError):
    """The place in a listing was kept for too long: the listing must begin again."""


class TooLargeError(AsanaError):
    """Asana will not list so much at once: it must be asked for in parts."""


class TokenLostError(AsanaError):
    """Asana no longer knows what we have seen: read the whole project, go on from `fresh`."""

    def __init__(self, fresh: str) -> None:
        super().__init__("Asana's events must be followed anew (412)", 412)
        self.fresh = fresh


class AsanaUnavailable(Exception):
    """No usable answer this time: the network, a fault on Asana's side, or too many requests."""

    phrase = body = ""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status

    def after(self, attempts: int) -> "AsanaUnavailable":
        """The same, as it is told when nothing more will be tried."""
        told = AsanaUnavailable(f"{self}; tried {attempts} times", self.status)
        told.phrase, told.body = self.phrase, self.body
        return told


class RateLimited(AsanaUnavailable):
    """Too many requests. `retry_after` is how many seconds Asana wants, when it says so."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__("Asana refused the request: too many requests", 429)
        self.retry_after = retry_after


class Postponed(AsanaUnavailable):
    """Nothing may be asked for a while: better to free the worker than to wait here."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Asana wants no requests for {seconds:.0f} seconds")
        self.seconds = seconds
