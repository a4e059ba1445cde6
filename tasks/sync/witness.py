"""What Asana's own record says about changes: who, when, and whether it was a machine.

Only fields are read, never the sentences: those are in the language of whoever asks. A story may be
missing, late or deleted, so its absence proves nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tasks.asana.client import AsanaClient
from tasks.asana.errors import AsanaError, UnauthorizedError
from tasks.asana.payload import moment
from tasks.ledger.excuses import Evidence
from tasks.models import Standing

# A task that repeats is ticked, and opened and moved by Asana in the same moment: no hand is as
# quick as that.
IN_ONE_GO = timedelta(seconds=2)
MOVED = "due_date_changed"
DONE, REOPENED = "marked_complete", "marked_incomplete"
WENT = ("removed_from_project", "added_to_task", "removed_from_task")

Story = dict[str, Any]


class StoryWitness:
    """Asks Asana for the stories of each task, and answers with evidence of its latest change.

    Raises AsanaUnavailable: better to ask again later than to accuse without evidence.
    """

    def __init__(self, client: AsanaClient) -> None:
        self._client = client

    def __call__(self, gids: Sequence[str]) -> Mapping[str, Evidence]:
        wanted = _kinds_wanted(gids)
        found = {}
        for gid in gids:
            told = evidence(self._stories(gid), wanted.get(gid, (MOVED,)))
            if told is not None:
                found[gid] = told
        return found

    def _stories(self, gid: str) -> list[Story]:
        try:
            return self._client.stories(gid)
        except UnauthorizedError:
            raise
        except AsanaError:
            return []


def _kinds_wanted(gids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Which kind of story explains what the ledger sees: a new day, a reopening, or a new place."""
    rows = Standing.objects.filter(carrier__gid__in=gids).values_list(
        "carrier__gid",
        "due_on",
        "due_at",
        "completed_at",
        "carrier__due_on",
        "carrier__due_at",
        "carrier__completed_at",
    )
    wanted: dict[str, tuple[str, ...]] = {}
    for gid, day, at, done_at, day_now, at_now, done_now in rows:
        if (day, at) != (day_now, at_now):
            wanted[gid] = (MOVED,)
        elif done_at and not done_now:
            wanted.setdefault(gid, (REOPENED,))
        else:
            wanted.setdefault(gid, WENT)
    return wanted


def evidence(stories: Sequence[Story], kinds: Sequence[str]) -> Evidence | None:
    """What the last story of these kinds says; `stories` are in the order they happened."""
    told = [story for story in stories if story.get("resource_subtype") in kinds]
    if not told:
        return None
    story = told[-1]
    who = story.get("created_by") if isinstance(story.get("created_by"), dict) else None
    happened_at = moment(story.get("created_at"))
    finished = _finished_just_before(stories, story, happened_at)
    seen = [finished, story] if finished else [story]
    return Evidence(
        actor_gid=str((who or {}).get("gid") or ""),
        actor_name=str((who or {}).get("name") or "")[:300],
        happened_at=happened_at,
        by_system=not who,
        rolled_over=finished is not None,
        finished_at=moment(finished.get("created_at")) if finished else None,
        stories=tuple(str(one["gid"]) for one in seen),
    )


def _finished_just_before(
    stories: Sequence[Story], moved: Story, moved_at: datetime | None
) -> Story | None:
    """The tick that made a task that repeats move on to its next day.

    Only a move to a later day is one; Asana writes tick, reopening and move within a moment. A tick
    alone beside a move says nothing: the task must have been opened again by the same stroke.
    """
    if moved.get("resource_subtype") != MOVED or moved_at is None or not _is_later(moved):
        return None
    done, opened = _last(stories, DONE), _last(stories, REOPENED)
    if done is None or opened is None:
        return None
    moments = [moment(story.get("created_at")) for story in (done, opened)]
    together = all(at is not None and abs(moved_at - at) <= IN_ONE_GO for at in moments)
    return done if together else None


def _last(stories: Sequence[Story], kind: str) -> Story | None:
    told = [story for story in stories if story.get("resource_subtype") == kind]
    return told[-1] if told else None


def _is_later(moved: Story) -> bool:
    before, after = _day(moved.get("old_dates")), _day(moved.get("new_dates"))
    return bool(before and after and after > before)


def _day(dates: Any) -> str:
    """The day, or the day of the instant, as text that sorts."""
    if not isinstance(dates, dict):
        return ""
    return str(dates.get("due_at") or dates.get("due_on") or "")[:10]
