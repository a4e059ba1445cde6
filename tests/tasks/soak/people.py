"""What people do to tasks in a soak: cheats, innocent changes, and what each must come to.

Every task has at most one fate, so that what the ledger must say of it is known whatever is read
between two deeds.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.asana_double.records import Task
from tests.asana_double.scenes import DISGUISES, roll_over, roll_up, same_day, twin
from tests.asana_double.state import State

SYLLABLES = [a + b for a in "bcdfglmnrstvxz" for b in "aeiou"]
# More of one project at once would wait for a person, as it should.
MOST_MISSING = 4


@dataclass
class Expected:
    """Findings as (kind, gid of the promised task): those that must be, and those that may be."""

    planted: set[tuple[str, str]] = field(default_factory=set)
    allowed: set[tuple[str, str]] = field(default_factory=set)
    twins: dict[str, str] = field(default_factory=dict)  # lost task -> the one made anew
    cheats: int = 0
    innocent: int = 0


class People:
    def __init__(self, state: State, dice: random.Random) -> None:
        self.state, self.dice = state, dice
        self.expected = Expected()
        self._untouched = [one for one in state.tasks.values() if one.homes and not one.parent]
        dice.shuffle(self._untouched)
        self._missing: dict[str, int] = {}
        self._cheats: list[Callable[[Task], None]] = [
            *(self._move, self._move_twice, self._clear, self._clear_and_set),
            *(self._delete, self._make_anew, self._take_out, self._give_away, self._hang),
        ]
        self._innocent: list[Callable[[Task], None]] = [
            *(self._rename, self._reassign, self._complete, self._sooner, self._same_day),
            *(self._roll_over, self._roll_up, self._second_home, self._other_section, self._new),
            *(self._subtask, self._undate_none, self._delete_and_restore, self._done_and_deleted),
        ]

    def do_something(self) -> None:
        """One deed to a task that nobody has touched yet, by somebody."""
        if not self._untouched:
            return
        task = self._untouched.pop()
        people = list(self.state.users)
        with self.state.acting(self.dice.choice(people)):
            if task.completed_at:
                self._reopen(task)
                self.expected.cheats += 1
            elif self.dice.random() < 0.45:
                self.dice.choice(self._cheats)(task)
            else:
                self.dice.choice(self._innocent)(task)
                self.expected.innocent += 1

    def name(self) -> str:
        words = ("".join(self.dice.choices(SYLLABLES, k=4)) for _ in range(3))
        return " ".join(words).capitalize()

    def _plant(self, kind: str, task: Task) -> None:
        self.expected.planted.add((kind, task.gid))
        self.expected.cheats += 1

    def _may_go(self, task: Task) -> bool:
        home = next(iter(task.homes), "")
        self._missing[home] = self._missing.get(home, 0) + 1
        return self._missing[home] <= MOST_MISSING

    def _later(self, task: Task, days: int = 0) -> str:
        assert task.due_on
        days = days or self.dice.randint(2, 40)
        return (date.fromisoformat(task.due_on) + timedelta(days=days)).isoformat()

    # -- cheats -----------------------------------------------------------------------------------

    def _move(self, task: Task) -> None:
        self.state.change_task(task, {"due_on": self._later(task)})
        self._plant("moved", task)

    def _move_twice(self, task: Task) -> None:
        self._move(task)
        self.state.change_task(task, {"due_on": self._later(task, 3)})

    def _clear(self, task: Task) -> None:
        self.state.change_task(task, {"due_on": None})
        self._plant("cleared", task)

    def _clear_and_set(self, task: Task) -> None:
        later = self._later(task)
        self.state.change_task(task, {"due_on": None})
        self.state.change_task(task, {"due_on": later})
        self._plant("moved", task)

    def _delete(self, task: Task) -> None:
        if self._may_go(task):
            self.state.delete_task(task)
            self._plant("deleted", task)

    def _make_anew(self, task: Task) -> None:
        if self._may_go(task):
            disguise = self.dice.choice(list(DISGUISES))
            made = twin(self.state, task.gid, self._later(task), disguise)
            self._plant("deleted", task)
            self._plant("recreated", task)
            self.expected.twins[task.gid] = made["task"]

    def _take_out(self, task: Task) -> None:
        if self._may_go(task):
            for gid in list(task.homes):
                self.state.remove_from_project(task, self.state.projects[gid])
            self._plant("removed", task)

    def _give_away(self, task: Task) -> None:
        """Into another client's project."""
        if self._may_go(task):
            (home,) = task.homes
            others = [one for gid, one in self.state.projects.items() if gid != home]
            self.state.add_to_project(task, self.dice.choice(others))
            self.state.remove_from_project(task, self.state.projects[home])
            self._plant("removed", task)

    def _hang(self, task: Task) -> None:
        (home,) = task.homes
        above = self.state.add_task(self.name(), [home])
        self.state.set_parent(task, above)
        self._plant("subtask", task)

    def _reopen(self, task: Task) -> None:
        """It was done when it was first seen."""
        self.state.change_task(task, {"completed": False})
        self.expected.planted.add(("reopened", task.gid))

    # -- innocent ---------------------------------------------------------------------------------

    def _rename(self, task: Task) -> None:
        self.state.change_task(task, {"name": self.name()})

    def _reassign(self, task: Task) -> None:
        self.state.change_task(task, {"assignee": self.dice.choice(list(self.state.users))})

    def _complete(self, task: Task) -> None:
        self.state.change_task(task, {"completed": True})

    def _sooner(self, task: Task) -> None:
        self.state.change_task(task, {"due_on": self._later(task, -self.dice.randint(1, 9))})

    def _same_day(self, task: Task) -> None:
        same_day(self.state, task.gid, f"{task.due_on}T{self.dice.randint(9, 20):02}:00:00.000Z")

    def _roll_over(self, task: Task) -> None:
        roll_over(self.state, task.gid, self._later(task, 7))

    def _roll_up(self, task: Task) -> None:
        self.state.add_task(self.name(), parent=task.gid, due_on=self._later(task, 5))
        roll_up(self.state, task.gid)

    def _second_home(self, task: Task) -> None:
        self.state.add_to_project(task, self.dice.choice(list(self.state.projects.values())))

    def _other_section(self, task: Task) -> None:
        project = self.state.projects[next(iter(task.homes))]
        self.state.add_to_project(task, project, self.dice.choice(project.sections))

    def _new(self, task: Task) -> None:
        (home,) = task.homes
        self.state.add_task(self.name(), [home], due_on=self._later(task))

    def _subtask(self, task: Task) -> None:
        below = self.state.add_task(self.name(), parent=task.gid)
        self.state.add_task(self.name(), parent=below.gid)

    def _undate_none(self, task: Task) -> None:
        """A task that was never dated comes and goes: nothing was promised."""
        (home,) = task.homes
        if self._may_go(task):
            self.state.delete_task(self.state.add_task(self.name(), [home]))

    def _delete_and_restore(self, task: Task) -> None:
        """Whoever looked in between saw it gone, and may say so."""
        if self._may_go(task):
            self.state.delete_task(task)
            self.state.undelete_task(task)
            self.expected.allowed.add(("deleted", task.gid))

    def _done_and_deleted(self, task: Task) -> None:
        """Nothing is broken; only who never saw that it was done can take it for lost."""
        if self._may_go(task):
            self.state.change_task(task, {"completed": True})
            self.state.delete_task(task)
            self.expected.allowed.add(("deleted", task.gid))
