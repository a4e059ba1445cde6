"""Asana's JSON as records. Pure, and tolerant: an unknown word is kept, a broken date is None.

Moments and days of a task stay text, in the one spelling that both our databases take and give
back: writing them out of datetime objects again would cost more than all the rest of a sync. What
comes again and again (words, names of people and sections, days) is worked out once.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

NAME_LENGTH = 1024
WORD_LENGTH = 64
SHORT_NAME_LENGTH = 300
PROJECT_NAME_LENGTH = 500
GID_LENGTH = 64
MOST = 1_000_000


# "2026-05-04 09:00:00.250000": UTC, with six digits of a second or none. And "2026-05-04".
Moment = str
Day = str


class UserRecord(NamedTuple):
    gid: str
    name: str
    email: str


class ProjectRecord(NamedTuple):
    gid: str
    name: str
    archived: bool
    created_at: datetime | None


class Home(NamedTuple):
    """A project in which a task stands, and the section there."""

    project: str
    section: str | None
    section_name: str


class TaskRecord(NamedTuple):
    gid: str
    name: str
    kind: str
    approval_status: str
    assignee: str | None
    assignee_name: str
    parent: str | None
    subtask_count: int
    start_on: Day | None
    due_on: Day | None
    due_at: Moment | None
    completed_at: Moment | None
    completed_on: Day | None
    created_at: Moment | None
    modified_at: Moment | None
    homes: tuple[Home, ...]
    content_hash: str


def user(raw: dict[str, Any]) -> UserRecord:
    return UserRecord(
        gid=text(raw["gid"], GID_LENGTH),
        name=text(raw.get("name"), SHORT_NAME_LENGTH),
        email=text(raw.get("email"), 320),
    )


def project(raw: dict[str, Any]) -> ProjectRecord:
    return ProjectRecord(
        gid=text(raw["gid"], GID_LENGTH),
        name=text(raw.get("name"), PROJECT_NAME_LENGTH),
        archived=raw.get("archived") is True,
        created_at=moment(raw.get("created_at")),
    )


def tasks(items: Iterable[Any], zone: tzinfo) -> list[TaskRecord]:
    """A page of tasks; what has no gid is not a task."""
    return [task(raw, zone) for raw in items if isinstance(raw, dict) and raw.get("gid")]


def task(raw: dict[str, Any], zone: tzinfo) -> TaskRecord:
    """One task; days without an hour are days in `zone`, the agency's."""
    get = raw.get
    done_at, due_at = get("completed_at"), get("due_at")
    if get("completed") is True and not done_at:
        done_at = get("modified_at")
    done, due = moment(done_at) if done_at else None, moment(due_at) if due_at else None
    assignee = get("assignee")
    who, who_name = _named(assignee, SHORT_NAME_LENGTH) if assignee else NOBODY
    parent = get("parent")
    return TaskRecord(
        text(raw["gid"], GID_LENGTH),
        text(get("name"), NAME_LENGTH),
        word(get("resource_subtype"), WORD_LENGTH),
        word(get("approval_status"), WORD_LENGTH),
        who,
        who_name,
        _named(parent, 0)[0] if parent else None,
        count(get("num_subtasks")),
        day(get("start_on")),
        local_day(due, zone) if due else day(get("due_on")),
        moment_text(due_at) if due else None,
        moment_text(done_at) if done else None,
        local_day(done, zone) if done else None,
        moment_text(get("created_at")),
        moment_text(get("modified_at")),
        _homes(get("memberships")),
        _content_hash(raw),
    )


def text(value: Any, length: int) -> str:
    """What can be stored and shown: no NUL, no half characters, not longer than `length`."""
    if value is None:
        return ""
    if not isinstance(value, str):
        value = str(value)
    if len(value) > length:
        value = value[: length - 1] + "…"
    whole: str = value.replace("\x00", "") if "\x00" in value else value
    return whole if whole.isascii() else whole.encode("utf-8", "replace").decode()


def word(value: Any, length: int) -> str:
    """The same for what many tasks have in common."""
    return _known_word(value, length) if isinstance(value, str) else text(value, length)


def moment(value: Any) -> datetime | None:
    """A UTC instant; Asana writes 2026-05-04T09:00:00.000Z."""
    if not value:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if not 1900 <= parsed.year <= 9000:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def moment_text(value: Any) -> Moment | None:
    if isinstance(value, str) and len(value) == 24 and value[23] == "Z" and value >= "1900":
        # How Asana always writes: cut the text up instead of formatting the moment.
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return None
        whole = f"{value[:10]} {value[11:19]}"
        return whole if value[20:23] == "000" else f"{whole}.{value[20:23]}000"
    parsed = moment(value)
    return spelled(parsed) if parsed else None


def spelled(moment: datetime) -> Moment:
    return str(moment.replace(tzinfo=None))


def local_day(moment: datetime, zone: tzinfo) -> Day:
    return moment.astimezone(zone).date().isoformat()


def day(value: Any) -> Day | None:
    return _known_day(value) if value and isinstance(value, str) else None


def count(value: Any) -> int:
    if not value:
        return 0
    try:
        return min(max(0, int(value)), MOST)
    except (TypeError, ValueError, OverflowError):
        return 0


NOBODY = (None, "")


def _named(value: Any, length: int) -> tuple[str | None, str]:
    """Gid and name of something that a task refers to."""
    if not isinstance(value, dict):
        return NOBODY
    gid = word(value.get("gid"), GID_LENGTH)
    return (gid, word(value.get("name"), length)) if gid else NOBODY


def _homes(memberships: Any) -> tuple[Home, ...]:
    """Each project once; Asana can show one twice while a task is being moved."""
    if not isinstance(memberships, list):
        return ()
    homes: dict[str, Home] = {}
    for membership in memberships:
        if isinstance(membership, dict):
            project, _ = _named(membership.get("project"), 0)
            if project is not None:
                homes[project] = Home(
                    project, *_named(membership.get("section"), PROJECT_NAME_LENGTH)
                )
    return tuple(homes.values())


def _content_hash(raw: dict[str, Any]) -> str:
    """Equal hashes mean that Asana told us the same."""
    memberships = raw.get("memberships")
    if isinstance(memberships, list) and len(memberships) > 1:
        raw = {**raw, "memberships": sorted(memberships, key=repr)}
    try:
        encoded = orjson.dumps(raw)
    except TypeError:  # half a character, or a number beyond all bounds
        encoded = repr(raw).encode("utf-8", "backslashreplace")
    return blake2b(encoded, digest_size=16).hexdigest()


_known_word = lru_cache(maxsize=8192)(text)


@lru_cache(maxsize=8192)
def _known_day(value: str) -> Day | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None
