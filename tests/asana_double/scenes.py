"""What people (and Asana itself) do to tasks and dates: honest, innocent, or meant to deceive.

Each scene takes the state, the task's gid and a few words, and tells what came of it. Who does it
is `state.acting(user)`.
"""

from collections.abc import Callable
from typing import Any

from tests.asana_double.records import Task
from tests.asana_double.state import State

# Texts that were the end of many a program.
HARD_TEXTS = {
    "emoji": "Launch 🚀👩‍👩‍👧‍👦🏳️‍🌈",
    "right to left": "דף נחיתה — صفحة الهبوط",
    "bidi override": "invoice\u202egpj.exe",
    "NUL": "Landing\u0000page",
    "no-break space": "Landing\u00a0page",
    "zero width": "Land\u200bing pa\u2060ge",
    "markup": "<script>alert('x')</script> & \"quotes\"",
    "empty": "",
    "a megabyte": "long " * 200_000,
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
}
LETTERS = str.maketrans("aceopx", "асеорх")
DISGUISES: dict[str, Callable[[str], str]] = {
    "as it was": lambda name: name,
    "no-break space": lambda name: name.replace(" ", "\u00a0"),
    "homoglyphs": lambda name: name.translate(LETTERS),
    "zero width": lambda name: "\u200b".join(name),
    "bidi": lambda name: f"\u202d{name}\u202c",
    "capitals": lambda name: name.upper(),
    "a date behind it": lambda name: f"{name} (12.05.)",
    "a version behind it": lambda name: f"{name} v2",
}


def twin(
    state: State,
    task: str,
    due_on: str | None = None,
    disguise: str = "as it was",
    name: str | None = None,
    section: str | None = None,
    delete: bool = True,
) -> dict[str, Any]:
    """Deleted and made anew, under another name, later, elsewhere: a promise that vanished."""
    old = state.task(task)
    homes, fields = dict(old.homes), {"assignee": old.assignee, "due_on": due_on or old.due_on}
    if delete:
        state.delete_task(old)
    new = state.add_task(name or DISGUISES[disguise](old.name), list(homes), old.parent, **fields)
    if section:
        project = state.project(state.section(section).project)
        state.add_to_project(new, project, section)
    return {"task": new.gid}


def weekly_repeat(state: State, task: str, due_on: str) -> dict[str, Any]:
    """Innocent: done, and the same work stands in the next week."""
    old = state.task(task)
    state.change_task(old, {"completed": True})
    return twin(state, task, due_on, delete=False)


def roll_over(state: State, task: str, due_on: str) -> dict[str, Any]:
    """Innocent: a recurring task is ticked, opens again by itself, and is due a week later."""
    found = state.task(task)
    state.change_task(found, {"completed": True})
    with state.acting(None):
        state.change_task(found, {"completed": False, "due_on": due_on})
    return {"task": task}


def roll_up(state: State, task: str) -> dict[str, Any]:
    """Innocent: Asana moves a parent so that it covers its subtasks; no person did that."""
    found = state.task(task)
    days = [state.tasks[gid].due_on for gid in found.subtasks]
    latest = max((day for day in days if day), default=found.due_on)
    with state.acting(None):
        state.change_task(found, {"due_on": latest})
    return {"task": task, "due_on": latest}


def same_day(state: State, task: str, at: str) -> dict[str, Any]:
    """Innocent: the day gets an hour (`at`, an instant in UTC), and stays the day."""
    found = state.task(task)
    day = found.due_on
    state.change_task(found, {"due_at": at})
    found.due_on = day  # Asana's day is local, whatever the instant says in UTC
    return {"task": task, "due_on": day}


def clear_and_set(state: State, task: str, due_on: str) -> dict[str, Any]:
    """The date is taken away, and another one comes in its place."""
    found = state.task(task)
    state.change_task(found, {"due_on": None})
    state.change_task(found, {"due_on": due_on})
    return {"task": task}


def hide(state: State, task: str, under: str | None = None) -> dict[str, Any]:
    """Out of every project, and under another task if one is named."""
    found = state.task(task)
    if under:
        state.set_parent(found, state.task(under))
    for project in list(found.homes):
        state.remove_from_project(found, state.projects[project])
    return {"task": task}


def reopen(state: State, task: str) -> dict[str, Any]:
    """Ticked off, and open again soon after."""
    found = state.task(task)
    state.change_task(found, {"completed": True})
    state.change_task(found, {"completed": False})
    return {"task": task}


def merge(state: State, task: str, into: str) -> dict[str, Any]:
    """Marked as a duplicate of another one: closed, with a link."""
    found = state.task(task)
    state.diary.write(found, "marked_duplicate", links={"duplicate_of": state.task(into).gid})
    state.change_task(found, {"completed": True})
    return {"task": task}


def nest(state: State, task: str, depth: int = 5, ring: bool = False) -> dict[str, Any]:
    """Subtasks of subtasks; the deepest stands in a project too, or closes a ring."""
    top = above = state.task(task)
    made: list[Task] = []
    for level in range(1, depth + 1):
        above = state.add_task(f"{top.name}, level {level}", parent=above.gid)
        made.append(above)
    if ring:
        state.set_parent(top, above)
    elif top.homes:
        state.add_to_project(above, state.project(next(iter(top.homes))))
    return {"tasks": [one.gid for one in made]}


def leave(state: State, user: str) -> dict[str, Any]:
    """A person is no longer in the workspace; tasks may still name them."""
    state.remove_user(user)
    return {"user": user}


SCENES: dict[str, Callable[..., dict[str, Any]]] = {
    "twin": twin,
    "weekly repeat": weekly_repeat,
    "roll over": roll_over,
    "roll up": roll_up,
    "same day": same_day,
    "clear and set": clear_and_set,
    "hide": hide,
    "reopen": reopen,
    "merge": merge,
    "nest": nest,
    "leave": leave,
}
