"""Where one person stands with one module on one day, from dated facts alone. Pure.

A newer version opens a passed module again, and so does an expiry. What was due stays due when it
is opened again; the person only gets a new date to do it by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from training.facts import Demand, Module, Pass, Person, Try, Version
from training.scoring import score_that_counts


class State(StrEnum):
    NOT_BEGUN = "not_begun"
    IN_PROGRESS = "in_progress"
    PASSED = "passed"
    FAILED = "failed"
    EXPIRED = "expired"
    NEW_VERSION = "new_version"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person and one module on `day`. Not required: both due dates are None."""

    staff_id: int
    module_id: int
    version_id: int
    day: date
    state: State
    pass_mark: int
    score: Decimal | None = None
    passed_on: date | None = None
    expires_on: date | None = None
    first_due_on: date | None = None
    due_on: date | None = None

    @property
    def is_required(self) -> bool:
        return self.first_due_on is not None

    @property
    def is_passed(self) -> bool:
        """Passed, in date, and in the version that is taught that day."""
        return self.state is State.PASSED

    @property
    def is_due(self) -> bool:
        """Due by that day, the day itself included; what is opened again stays due."""
        return self.first_due_on is not None and self.first_due_on <= self.day

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.day and not self.is_passed

    @property
    def is_attempted(self) -> bool:
        return self.score is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """A module with all of its versions and of the demands for it."""

    module: Module
    versions: Sequence[Version]
    demands: Sequence[Demand]

    def taught_on(self, day: date) -> Version | None:
        if self.module.retired_on is not None and self.module.retired_on <= day:
            return None
        published = [version for version in self.versions if version.published_on <= day]
        return max(published, key=lambda version: version.number, default=None)

    @property
    def first_published_on(self) -> date:
        return min(version.published_on for version in self.versions)


def standing(
    person: Person, subject: Subject, passes: Sequence[Pass], tries: Sequence[Try], day: date
) -> Standing | None:
    """Where `person` stands on `day`; None when they do not work here or it is not taught then.

    `passes` and `tries` are this person's at this module, in any order.
    """
    taught = subject.taught_on(day)
    if taught is None or not person.is_working_on(day):
        return None
    return standing_with(taught, person, subject, passes, tries, day)


def standing_with(
    taught: Version,
    person: Person,
    subject: Subject,
    passes: Sequence[Pass],
    tries: Sequence[Try],
    day: date,
) -> Standing:
    """The same for somebody who works here and the version that is taught that day."""
    first_due_on, retake_days = _first_due(person, subject, day)
    if not passes and not tries:
        return Standing(
            staff_id=person.id,
            module_id=subject.module.id,
            version_id=taught.id,
            day=day,
            state=State.NOT_BEGUN,
            pass_mark=taught.pass_mark,
            first_due_on=first_due_on,
            due_on=first_due_on,
        )
    known = sorted((p for p in passes if p.completed_on <= day), key=lambda p: p.completed_on)
    current = [p for p in known if p.version_id == taught.id]
    in_date = max(
        (p for p in current if p.is_in_date_on(day)),
        key=lambda p: p.expires_on or date.max,
        default=None,
    )
    last = in_date or _last(known, subject.versions)
    mine = [t for t in tries if t.version_id == taught.id]
    attempts = _this_round(current, mine, day) if mine else []
    scores = [t.score for t in attempts if t.score is not None and t.is_submitted_by(day)]
    return Standing(
        staff_id=person.id,
        module_id=subject.module.id,
        version_id=taught.id,
        day=day,
        state=State.PASSED if in_date else _open_state(last, taught, attempts, day),
        pass_mark=taught.pass_mark,
        score=score_that_counts(scores, taught.score_rule),
        passed_on=last.completed_on if last else None,
        expires_on=last.expires_on if last else None,
        first_due_on=first_due_on,
        due_on=(
            first_due_on
            if first_due_on is None or last is None or in_date
            else max(first_due_on, _due_again(last, subject, retake_days, day))
        ),
    )


def _last(passes: Sequence[Pass], versions: Sequence[Version]) -> Pass | None:
    """The pass of the newest version, and of those the latest."""
    numbers = {version.id: version.number for version in versions}
    return max(passes, key=lambda p: (numbers[p.version_id], p.completed_on), default=None)


def _this_round(passes: Iterable[Pass], tries: Iterable[Try], day: date) -> list[Try]:
    """The tries that still count, oldest first: those since the last time it expired unrenewed."""
    begins, good_until = date.min, None
    for passed in passes:
        if good_until is not None and passed.completed_on >= good_until:
            begins = good_until
        good_until = max(good_until or date.min, passed.expires_on or date.max)
    if good_until is not None and good_until <= day:
        begins = good_until
    ordered = sorted(tries, key=lambda t: (t.submitted_on or date.max, t.started_on))
    return [
        t
        for t in ordered
        if t.is_open_on(day) or (t.submitted_on is not None and begins <= t.submitted_on <= day)
    ]


def _open_state(last: Pass | None, taught: Version, attempts: Sequence[Try], day: date) -> State:
    if any(attempt.is_open_on(day) for attempt in attempts):
        return State.IN_PROGRESS
    if attempts:
        return State.FAILED
    if last is None:
        return State.NOT_BEGUN
    return State.EXPIRED if last.version_id == taught.id else State.NEW_VERSION


def _first_due(person: Person, subject: Subject, day: date) -> tuple[date | None, int]:
    """When it first had to be done, and the days a retake may take; the strictest demand wins."""
    demands = [demand for demand in subject.demands if demand.holds_for(person, day)]
    if not demands:
        return None, 0
    published_on = subject.first_published_on
    return (
        min(_due_on(demand, person, published_on) for demand in demands),
        min(demand.retake_within_days for demand in demands),
    )


def _due_on(demand: Demand, person: Person, published_on: date) -> date:
    """Nobody can be late with a thing before they are here, it is required and it is taught."""
    begins = max(person.started_on or date.min, demand.starts_on, published_on)
    if demand.due_within_days is not None:
        return begins + timedelta(days=demand.due_within_days)
    return max(begins, demand.due_on or begins)


def _due_again(last: Pass, subject: Subject, retake_days: int, day: date) -> date:
    """By when a module that was passed must be passed again.

    An expiry is known beforehand, so it is due on the day itself; a new version comes unasked, so
    there are some days for it.
    """
    number = next(v.number for v in subject.versions if v.id == last.version_id)
    newer = [
        v.published_on for v in subject.versions if v.number > number and v.published_on <= day
    ]
    replaced_on = max(min(newer), last.completed_on) if newer else None
    if replaced_on is None or (last.expires_on is not None and last.expires_on <= replaced_on):
        return last.expires_on or last.completed_on
    return replaced_on + timedelta(days=retake_days)
