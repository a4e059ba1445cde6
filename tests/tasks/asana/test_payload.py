"""Asana's JSON becomes records whatever is in it; nothing in it can break a page or a database."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.asana import payload

LONDON = ZoneInfo("Europe/London")
PLAIN: dict[str, Any] = {
    "gid": "12",
    "name": "Landing page",
    "resource_subtype": "default_task",
    "completed": False,
    "completed_at": None,
    "created_at": "2026-05-04T09:00:00.000Z",
    "modified_at": "2026-05-04T09:00:00.250Z",
    "due_on": "2026-06-01",
    "due_at": None,
    "start_on": None,
    "assignee": {"gid": "7", "name": "Ada"},
    "parent": None,
    "num_subtasks": 2,
    "memberships": [{"project": {"gid": "31"}, "section": {"gid": "32", "name": "To do"}}],
}


def task(**changes: Any) -> payload.TaskRecord:
    return payload.task({**PLAIN, **changes}, LONDON)


def test_a_plain_task() -> None:
    record = task()
    assert record._replace(content_hash="") == payload.TaskRecord(
        gid="12",
        name="Landing page",
        kind="default_task",
        approval_status="",
        assignee="7",
        assignee_name="Ada",
        parent=None,
        subtask_count=2,
        start_on=None,
        due_on="2026-06-01",
        due_at=None,
        completed_at=None,
        completed_on=None,
        created_at="2026-05-04 09:00:00",
        modified_at="2026-05-04 09:00:00.250000",
        homes=(payload.Home("31", "32", "To do"),),
        content_hash="",
    )


def test_a_due_hour_decides_the_due_day_in_the_agencys_zone() -> None:
    """Asana's own due_on depends on the zone of whoever's token it is."""
    record = task(due_on="2026-06-01", due_at="2026-06-01T23:30:00.000Z")
    assert (record.due_on, record.due_at) == ("2026-06-02", "2026-06-01 23:30:00")


def test_the_day_of_completion_is_the_agencys() -> None:
    record = task(completed=True, completed_at="2026-06-30T23:10:00.000Z")
    assert record.completed_on == "2026-07-01"


def test_completed_without_a_moment_counts_from_the_last_change() -> None:
    assert task(completed=True).completed_at == "2026-05-04 09:00:00.250000"


@pytest.mark.parametrize(
    "written",
    ["2026-05-04T09:00:00.250Z", "2026-05-04T11:00:00.25+02:00", "2026-05-04T09:00:00.250000Z"],
)
def test_one_moment_has_one_spelling(written: str) -> None:
    assert payload.moment_text(written) == "2026-05-04 09:00:00.250000"


@pytest.mark.parametrize("broken", ["soon", "2026-13-01", 12, {}, "0001-01-01T00:00:00Z", ""])
def test_a_broken_date_is_none(broken: Any) -> None:
    record = task(due_at=broken, created_at=broken, due_on=broken, start_on=broken)
    assert (record.due_at, record.created_at, record.start_on) == (None, None, None)


def test_names_lose_what_cannot_be_stored_and_nothing_else() -> None:
    assert task(name="N\x00ul").name == "Nul"
    assert task(name="half \ud83d").name == "half ?"
    assert task(name="R\u00a0e\u200fd \U0001f680").name == "R\u00a0e\u200fd \U0001f680"
    assert task(name=None).name == ""
    assert len(task(name="x" * 1_000_000).name) == payload.NAME_LENGTH


def test_an_unknown_kind_is_kept() -> None:
    assert task(resource_subtype="quest", new_field=1).kind == "quest"


def test_a_task_shown_twice_in_a_project_stands_there_once() -> None:
    twice = [{"project": {"gid": "31"}, "section": {"gid": s, "name": s}} for s in ("1", "2")]
    assert task(memberships=twice).homes == (payload.Home("31", "2", "2"),)


def test_the_hash_tells_what_we_keep_and_not_the_order() -> None:
    one, two = {"project": {"gid": "31"}, "section": None}, {"project": {"gid": "32"}}
    plain = task(memberships=[one, two])
    assert task(memberships=[two, one]).content_hash == plain.content_hash
    assert task(memberships=[one]).content_hash != plain.content_hash
    for change in (
        {"name": "Other"},
        {"due_on": "2026-06-02"},
        {"assignee": None},
        {"parent": {"gid": "9"}},
        {"modified_at": "2026-05-04T09:00:00.251Z"},
        {"num_subtasks": 3},
    ):
        assert task(**change).content_hash != task().content_hash, change


def test_what_is_not_a_task_is_left_out() -> None:
    assert payload.tasks([None, 3, {}, {"gid": None}, PLAIN], LONDON) == [task()]


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["gid", "name", "project", "section"]), inner)
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(PLAIN, ANYTHING)))
def test_anything_becomes_a_record(raw: dict[str, Any]) -> None:
    record = payload.task({**raw, "gid": raw.get("gid") or "12"}, LONDON)
    assert len(record.content_hash) == 32
    texts = (record.gid, record.name, record.kind, record.assignee, record.assignee_name)
    for value in texts:
        value = value or ""
        assert "\x00" not in value
        value.encode()


@given(ANYTHING)
def test_anything_becomes_a_user_and_a_project(value: Any) -> None:
    raw = {"gid": "1", "name": value, "email": value, "archived": value, "created_at": value}
    assert payload.user(raw).gid == payload.project(raw).gid == "1"
