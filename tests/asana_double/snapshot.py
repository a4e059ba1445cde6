"""The whole state as plain data: to compare with, to keep in a file, and to start from again."""

import itertools
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import orjson

from tests.asana_double.records import (
    Grant,
    Job,
    Project,
    Section,
    Story,
    Task,
    User,
    Webhook,
    Workspace,
)
from tests.asana_double.state import State

KINDS = {
    "workspaces": Workspace,
    "users": User,
    "projects": Project,
    "sections": Section,
    "tasks": Task,
    "stories": Story,
    "webhooks": Webhook,
    "jobs": Job,
    "grants": Grant,
}


def truth(state: State) -> dict[str, Any]:
    return {kind: [asdict(record) for record in _table(state, kind).values()] for kind in KINDS}


def _table(state: State, kind: str) -> dict[str, Any]:
    table: dict[str, Any] = getattr(state.diary if kind == "stories" else state, kind)
    return table


def save(state: State, path: Path) -> None:
    """Into a new file that then takes the old one's place: never half a file."""
    document = {**truth(state), "next_gid": int(state.new_gid())}
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps(document))
    fresh.replace(path)


def restore(state: State, path: Path) -> None:
    document = orjson.loads(path.read_bytes())
    for kind, record in KINDS.items():
        known = {field.name for field in fields(record)}
        rows = [{k: v for k, v in row.items() if k in known} for row in document.get(kind, [])]
        table = _table(state, kind)
        table.clear()
        table.update({row["gid"]: record(**row) for row in rows})
    state.diary.rebuild()
    state._gids = itertools.count(document["next_gid"])
    state.workspace = next(iter(state.workspaces.values()))
    state.names_version += 1
