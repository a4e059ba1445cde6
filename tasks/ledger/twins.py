"""Is a new task an old one under another name? How likely, and by what.

Nothing here knows the database: two tasks as plain facts in, a score with its reasons out. A person
decides; a score only says what is worth a look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import exp

from tasks.ledger.glossary import concepts
from tasks.ledger.names import likeness, plain, undated

BEFORE = timedelta(hours=24)
AFTER = timedelta(days=14)
IN_ONE_GO = timedelta(minutes=5)
WORTH_A_LOOK = 0.5
SAME_NAME = 0.999


@dataclass(frozen=True, slots=True)
class Facts:
    """A task, as far as it matters for being recognised."""

    gid: str
    name: str
    due_on: date | None
    created_at: datetime
    assignee: int | None = None
    sections: frozenset[int] = frozenset()
    parent: str = ""
    copied_from: str = ""  # what Asana itself says


@dataclass(frozen=True, slots=True)
class Lost:
    """A promise whose task has gone, left or lost its day, and when."""

    task: Facts
    promised: date
    lost_at: datetime


@dataclass(frozen=True, slots=True)
class Likelihood:
    score: float
    reasons: tuple[str, ...]


def is_in_time(lost: Lost, new: Facts) -> bool:
    """Made between a day before the loss and a fortnight after it, and after the lost one was."""
    if new.created_at <= lost.task.created_at + IN_ONE_GO:
        return False  # a plan put in as a whole: they stood beside each other
    if new.parent == lost.task.gid and new.created_at <= lost.lost_at:
        return False  # a step of the lost task itself
    return lost.lost_at - BEFORE <= new.created_at <= lost.lost_at + AFTER


def likelihood(lost: Lost, new: Facts, others: Sequence[Facts]) -> Likelihood:
    """From 0 to 1. `others` are the client's other tasks: does the new one only follow them?"""
    if new.copied_from == lost.task.gid:
        return Likelihood(0.99, ("Asana says that it is a copy",))
    alike = likeness(lost.task.name, new.name)
    spoken = _same_concepts(lost.task.name, new.name)
    name = max(alike, spoken)
    reasons = [f"the name is {round(name * 100)} % alike"]
    weight = -7.2 + 8.4 * name
    if spoken > alike + 0.2:
        reasons.append("it says the same in another language")
    elif _is_about_another(lost.task.name, new.name):
        weight -= 2.0
        reasons.append("but each is about something the other is not")
    for holds, worth, reason in _signs(lost, new):
        if holds:
            weight += worth
            reasons.append(reason)
    if _follows_a_series(lost, new, others):
        weight -= 6.0
        reasons.append("but tasks by this name come regularly, and it is the next one")
    elif _was_there_before(lost, new, others):
        weight -= 2.5
        reasons.append("but several tasks have this name")
    return Likelihood(round(1 / (1 + exp(-weight)), 3), tuple(reasons))


def _signs(lost: Lost, new: Facts) -> list[tuple[bool, float, str]]:
    same_person = new.assignee is not None and new.assignee == lost.task.assignee
    later = new.due_on is not None and new.due_on > lost.promised
    near = abs(new.created_at - lost.lost_at)
    return [
        (same_person, 0.7, "the same person has it"),
        (bool(new.sections & lost.task.sections), 0.4, "it stands in the same section"),
        (later, 1.0, "it is due later than was promised"),
        (near <= timedelta(hours=1), 1.0, "it was made within an hour"),
        (timedelta(hours=1) < near <= timedelta(days=1), 0.5, "it was made within a day"),
        (bool(new.parent) and not lost.task.parent, 0.3, "it hangs under another task"),
    ]


def _same_concepts(one: str, other: str) -> float:
    """Share of what both speak of, where they say it in different words: else it is no sign."""
    first, second = concepts(one), concepts(other)
    shared = first.keys() & second.keys()
    translated = [word for word in shared if not first[word] & second[word]]
    return len(shared) / len(first.keys() | second.keys()) if len(translated) >= 2 else 0.0


def _is_about_another(one: str, other: str) -> bool:
    """Both have words of their own, and these are not alike: “for Google” and “for Pinterest”."""
    first, second = plain(one).split(), plain(other).split()
    own = " ".join(word for word in first if word not in second)
    theirs = " ".join(word for word in second if word not in first)
    return bool(own and theirs) and likeness(own, theirs) < 0.4


def _named_alike(new: Facts, others: Sequence[Facts]) -> list[Facts]:
    name = undated(new.name)
    return [other for other in others if other.gid != new.gid and undated(other.name) == name]


def _follows_a_series(lost: Lost, new: Facts, others: Sequence[Facts]) -> bool:
    """The next of a row of tasks that come every week or month, as they came before the loss."""
    if new.due_on is None:
        return False
    row = sorted(
        {o.due_on for o in _named_alike(new, others) if o.due_on and o.gid != lost.task.gid}
        | {lost.promised}
    )
    before = [day for day in row if day < new.due_on]
    if len(before) < 3:
        return False
    steps = [(b - a).days for a, b in pairwise(before)]
    usual = sorted(steps)[len(steps) // 2]
    # The one that replaces the lost one comes sooner after it than the row would have it.
    return usual >= 5 and (new.due_on - before[-1]).days >= usual - max(1, usual // 5)


def _was_there_before(lost: Lost, new: Facts, others: Sequence[Facts]) -> bool:
    """Other tasks of the same name were open beside the lost one: it is one of many."""
    alike = [o for o in _named_alike(new, others) if o.gid != lost.task.gid]
    return len([o for o in alike if o.created_at < lost.lost_at - BEFORE]) >= 2
