"""The dated facts that a person's standing follows from. Plain records: no database, no clock."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Person(NamedTuple):
    id: int
    role: str
    started_on: date | None
    ended_on: date | None

    def is_working_on(self, day: date) -> bool:
        return (self.started_on is None or self.started_on <= day) and (
            self.ended_on is None or day < self.ended_on
        )


class Module(NamedTuple):
    id: int
    slug: str
    title: str
    summary: str
    retired_on: date | None


class Version(NamedTuple):
    id: int
    module_id: int
    number: int
    published_on: date
    pass_mark: int
    score_rule: str


class Demand(NamedTuple):
    """A requirement: who must pass a module, and by when."""

    module_id: int
    role: str
    due_within_days: int | None
    due_on: date | None
    retake_within_days: int
    starts_on: date
    ends_on: date | None

    def holds_for(self, person: Person, day: date) -> bool:
        in_force = self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
        return in_force and self.role in ("", person.role)


class Try(NamedTuple):
    """An attempt, open or submitted."""

    staff_id: int
    version_id: int
    started_on: date
    submitted_on: date | None
    score: Decimal | None

    def is_submitted_by(self, day: date) -> bool:
        return self.submitted_on is not None and self.submitted_on <= day

    def is_open_on(self, day: date) -> bool:
        return self.started_on <= day and not self.is_submitted_by(day)


class Pass(NamedTuple):
    """A completion: a version passed, and until when that counts."""

    staff_id: int
    version_id: int
    completed_on: date
    expires_on: date | None

    def is_in_date_on(self, day: date) -> bool:
        return self.completed_on <= day and (self.expires_on is None or day < self.expires_on)
