"""The double's own clock: real time plus an offset, so that a test can let hours pass."""

from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self.offset = timedelta()
        self.stamp_skew = timedelta()  # how wrong the moments in records are
        self.date_skew = timedelta()  # how wrong the header Date is
        self._stopped: datetime | None = None

    def now(self) -> datetime:
        return (self._stopped or datetime.now(UTC)) + self.offset

    def iso(self) -> str:
        """Now, as records are stamped."""
        return iso(self.now() + self.stamp_skew)

    def date(self) -> datetime:
        return self.now() + self.date_skew

    def advance(self, seconds: float) -> None:
        self.offset += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        self.offset += moment - self.now()

    def freeze(self, frozen: bool = True) -> None:
        """Everything that happens from now on has the same millisecond."""
        self._stopped = datetime.now(UTC) if frozen else None


def iso(moment: datetime) -> str:
    """As Asana writes it: UTC with milliseconds."""
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
    )


def parse(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
