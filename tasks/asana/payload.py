"""Asana's JSON as records. Pure, and tolerant: an unknown word is kept, a broken date is None.

Moments and days of a task stay text, in the one spelling that both our databases take and give
back: writing them out of datetime objects again would cost more than all the rest of a sync.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
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
        gid=gid_of(raw),
        name=text(raw.get("name"), SHORT_NAME_LENGTH),
        email=text(raw.get("email"), 320),
    )


def project(raw: dict[str, Any]) -> ProjectRecord:
    return ProjectRecord(
        gid=gid_of(raw),
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
    due_at = moment(get("due_at"))
    done_at = moment(get("completed_at"))
    if done_at is None and get("completed") is True:
        done_at = moment(get("modified_at"))
    assignee: Any = get("assignee")
    who, parent = reference(assignee), reference(get("parent"))
    homes = _homes(get("memberships"))
    name = text(get("name"), NAME_LENGTH)
    return TaskRecord(
        gid_of(raw),
        name,
        text(get("resource_subtype"), WORD_LENGTH),
        text(get("approval_status"), WORD_LENGTH),
        who,
        text(assignee.get("name"), SHORT_NAME_LENGTH) if who else "",
        parent,
        count(get("num_subtasks")),
        day(get("start_on")),
        local_day(due_at, zone) if due_at else day(get("due_on")),
        due_at and spelled(due_at),
        done_at and spelled(done_at),
        local_day(done_at, zone) if done_at else None,
        moment_text(get("created_at")),
        moment_text(get("modified_at")),
        homes,
        _content_hash(raw, name, who, parent, homes),
    )


def gid_of(raw: dict[str, Any]) -> str:
    return text(raw["gid"], GID_LENGTH)


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
    parsed = moment(value)
    if parsed is None:
        return None
    if len(value) == 24 and value[10] == "T" and value[23] == "Z":
        # How Asana always writes: cut the text up instead of formatting the moment.
        fraction = value[20:23]
        whole = f"{value[:10]} {value[11:19]}"
        return whole if fraction == "000" else f"{whole}.{fraction}000"
    return spelled(parsed)


def spelled(moment: datetime) -> Moment:
    return str(moment.replace(tzinfo=None))


def local_day(moment: datetime, zone: tzinfo) -> Day:
    return moment.astimezone(zone).date().isoformat()


def day(value: Any) -> Day | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return None


def reference(value: Any) -> str | None:
    gid = value.get("gid") if isinstance(value, dict) else None
    return text(gid, GID_LENGTH) or None if gid else None


def count(value: Any) -> int:
    if not value:
        return 0
    try:
        return min(max(0, int(value)), MOST)
    except (TypeError, ValueError, OverflowError):
        return 0


def _homes(memberships: Any) -> tuple[Home, ...]:
    """Each project once; Asana can show one twice while a task is being moved."""
    if not isinstance(memberships, list):
        return ()
    homes: dict[str, Home] = {}
    for membership in memberships:
        if not isinstance(membership, dict):
            continue
        project = reference(membership.get("project"))
        if project is None:
            continue
        section = membership.get("section")
        section_name = section.get("name") if isinstance(section, dict) else None
        homes[project] = Home(project, reference(section), text(section_name, PROJECT_NAME_LENGTH))
    return tuple(homes.values()) if len(homes) < 2 else tuple(sorted(homes.values()))


def _content_hash(
    raw: dict[str, Any],
    name: str,
    who: str | None,
    parent: str | None,
    homes: tuple[Home, ...],
) -> str:
    """Equal hashes mean that nothing we keep has changed."""
    get = raw.get
    told = (
        name,
        get("resource_subtype"),
        get("approval_status"),
        who,
        parent,
        get("completed"),
        get("completed_at"),
        get("created_at"),
        get("modified_at"),
        get("start_on"),
        get("due_on"),
        get("due_at"),
        get("num_subtasks"),
        [(home.project, home.section) for home in homes],
    )
    try:
        encoded = orjson.dumps(told)
    except TypeError:  # half a character, or a number beyond all bounds
        encoded = repr(told).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(encoded, digest_size=16).hexdigest()
