"""The history of each task, as people read it in Asana: evidence, not a ledger.

A story may be missing, deleted, late, or worded in the language of whoever reads it.
"""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.asana_double.clock import parse
from tests.asana_double.errors import ApiError, bad_request, not_found
from tests.asana_double.records import Story, Task
from tests.asana_double.routing import EMPTY, Call, route

if TYPE_CHECKING:
    from tests.asana_double.api import Api
    from tests.asana_double.state import State

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "due_date_changed": "changed the due date to {due}",
        "marked_complete": "marked this task complete",
        "marked_incomplete": "marked this task incomplete",
        "name_changed": 'changed the name to "{name}"',
        "assigned": "assigned to {assignee}",
        "unassigned": "unassigned from this task",
        "added_to_project": "added to {project}",
        "removed_from_project": "removed from {project}",
    },
    "de": {
        "due_date_changed": "hat das Fälligkeitsdatum auf {due} geändert",
        "marked_complete": "hat diese Aufgabe abgeschlossen",
        "marked_incomplete": "hat diese Aufgabe als unvollständig markiert",
        "name_changed": "hat den Namen in „{name}“ geändert",
        "assigned": "hat die Aufgabe {assignee} zugewiesen",
        "unassigned": "hat die Zuweisung aufgehoben",
        "added_to_project": "zu {project} hinzugefügt",
        "removed_from_project": "aus {project} entfernt",
    },
    "ja": {
        "due_date_changed": "期日を{due}に変更しました",
        "marked_complete": "タスクを完了にしました",
        "marked_incomplete": "タスクを未完了にしました",
    },
}


@dataclass
class StoryFaults:
    lose: float = 0.0  # the share that is never written
    late_seconds: float = 0.0
    language: str = "en"
    seed: int = 1

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)


class Diary:
    """Every story of every task."""

    def __init__(self, state: "State") -> None:
        self.state = state
        self.faults = StoryFaults()
        self.languages: dict[str, str] = {}  # token -> the language of its user
        self.quiet = False  # while much is loaded at once
        self.stories: dict[str, Story] = {}
        self._of: dict[str, list[str]] = {}

    def write(
        self,
        task: Task,
        subtype: str,
        details: dict[str, Any] | None = None,
        links: dict[str, str | None] | None = None,
    ) -> Story | None:
        faults = self.faults
        if self.quiet or (faults.lose and faults.dice.random() < faults.lose):
            return None
        story = Story(
            gid=self.state.new_gid(),
            task=task.gid,
            created_at=self.state.clock.iso(),
            resource_subtype=subtype,
            created_by=self.state.actor,
            details=details or {},
            links=links or {},
        )
        self.keep(story)
        self.state.witness.story_added(task, story)
        return story

    def comment(self, task: Task, text: str) -> Story:
        state = self.state
        state.changes += 1
        story = Story(state.new_gid(), task.gid, state.clock.iso(), "comment_added", state.actor)
        story.type, story.text = "comment", text
        task.modified_at = story.created_at
        task.version += 1
        self.keep(story)
        state.witness.story_added(task, story)
        return story

    def keep(self, story: Story) -> None:
        self.stories[story.gid] = story
        self._of.setdefault(story.task, []).append(story.gid)

    def rebuild(self) -> None:
        """After the stories were put in from a file."""
        self._of.clear()
        for story in self.stories.values():
            self._of.setdefault(story.task, []).append(story.gid)

    def of(self, task: Task) -> list[Story]:
        """Oldest first; those that are late are not there yet."""
        known = self.state.clock.now() - timedelta(seconds=self.faults.late_seconds)
        found = [self.stories[gid] for gid in self._of.get(task.gid, [])]
        if not self.faults.late_seconds:
            return found
        return [story for story in found if parse(story.created_at) <= known]

    def delete(self, story: Story) -> None:
        del self.stories[story.gid]
        self._of[story.task].remove(story.gid)
        self.state.changes += 1
        self.state.witness.story_deleted(self.state.tasks[story.task], story)

    def story(self, gid: str) -> Story:
        if gid not in self.stories:
            raise not_found("story", gid)
        return self.stories[gid]

    def told(self, story: Story, token: str) -> str:
        """What it says, in the language of whoever asks."""
        if story.type == "comment":
            return story.text
        subtype = story.resource_subtype
        words = WORDS.get(self.languages.get(token, self.faults.language), {})
        sentence = words.get(subtype) or WORDS["en"].get(subtype) or subtype.replace("_", " ")
        new = story.details.get("new_dates")
        parts = {
            "due": (new.get("due_at") or new.get("due_on")) if isinstance(new, dict) else None,
            "name": story.details.get("new_name", ""),
            **{
                name: getattr(self.state.anything(gid or ""), "name", "")
                for name, gid in story.links.items()
            },
        }
        who = self.state.users.get(story.created_by or "")
        return f"{who.name if who else 'Asana'} {sentence.format(**parts)}"


@route("GET", "/tasks/{gid}/stories")
def stories(api: "Api", call: Call, gid: str) -> bytes:
    found = api.state.diary.of(api.state.task(gid))
    with api.state.read_by(call.token):
        return api.many(call, "story", found)


@route("POST", "/tasks/{gid}/stories", 201)
def comment(api: "Api", call: Call, gid: str) -> bytes:
    text = call.data.get("text") or call.data.get("html_text")
    if not text:
        raise bad_request("text: Missing input")
    task = api.state.task(gid)
    story = api.state.diary.comment(task, text)
    with api.state.read_by(call.token):
        return api.one(call, story)


@route("GET", "/stories/{gid}")
def one_story(api: "Api", call: Call, gid: str) -> bytes:
    with api.state.read_by(call.token):
        return api.one(call, api.state.diary.story(gid))


@route("DELETE", "/stories/{gid}")
def delete_story(api: "Api", call: Call, gid: str) -> bytes:
    """People may delete what they themselves have done."""
    story = api.state.diary.story(gid)
    if story.created_by != api.state.actor:
        raise ApiError(403, "You can only delete stories you have created")
    api.state.diary.delete(story)
    return EMPTY
