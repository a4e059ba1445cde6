"""The work in Asana: a project for each client, and who did what by when."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from godview.demo.life import Life
from godview.demo.teams import (
    ACCOUNTS,
    CONTENT,
    DESIGN,
    MEDIA,
    SALES,
    SPECIALISTS,
    SUCCESSOR,
    Teams,
)
from godview.demo.texts import SUBTASKS, TASKS
from godview.periods import WEEK, monday_of

SECTIONS = ["To do", "This week", "Waiting for the client", "Done"]
WEEKS = 13
# How much of a week's work is whose, and how much of it is done by the first due date.
DEPARTMENTS = {
    ACCOUNTS: (26, 0.88),
    MEDIA: (34, 0.84),
    DESIGN: (17, 0.74),
    CONTENT: (16, 0.82),
    SALES: (7, 0.93),
}
WEAK_POD, WEAKER_BY = "Cobalt", 0.1
STRANGERS = (("Studio Freelance", "studio@freelance.example"),)
INTERNAL = ("Our own website", "Hiring 2026")


class Work:
    def __init__(self, lives: list[Life], teams: Teams, today: date, dice: random.Random) -> None:
        self.teams, self.today, self.dice = teams, today, dice
        recently = today - timedelta(days=90)
        self.lives = [
            life for life in lives if life.is_served or (life.spells[-1].end or today) > recently
        ]
        self.this_week = monday_of(today)

    def as_json(self) -> dict[str, Any]:
        """What the double's `/_double/load` takes."""
        people = [person for person in self.teams.people.values() if not person.ended_on]
        users = [{"name": person.name, "email": person.email} for person in people]
        users += [{"name": name, "email": email} for name, email in STRANGERS]
        projects = [self._project(life) for life in self.lives]
        projects += [self._internal(name) for name in INTERNAL]
        return {"users": users, "projects": projects}

    def _project(self, life: Life) -> dict[str, Any]:
        return {
            "name": life.name,
            "archived": not life.is_served,
            "created_at": _moment(life.start, 9),
            "sections": SECTIONS,
            "tasks": [*self._done_and_due(life), *self._coming(life)],
        }

    def _internal(self, name: str) -> dict[str, Any]:
        due = (self.today + timedelta(days=20)).isoformat()
        return {
            "name": name,
            "created_at": _moment(self.today - timedelta(days=300), 9),
            "sections": SECTIONS[:2],
            "tasks": [{"name": "Plan", "section": SECTIONS[0], "due_on": due}],
        }

    def _done_and_due(self, life: Life) -> Iterator[dict[str, Any]]:
        spell = life.spells[-1]
        week = max(self.this_week - WEEKS * WEEK, monday_of(spell.start))
        while week <= self.this_week:
            for _ in range(self.dice.choices((1, 2, 3), (20, 45, 35))[0]):
                due = week + timedelta(days=self.dice.randint(1, 4))
                if life.served_on(due) and not life.paused_on(due):
                    yield self._task(life, due)
            week += WEEK

    def _coming(self, life: Life) -> Iterator[dict[str, Any]]:
        for _ in range(self.dice.randint(1, 3) if life.is_served else 0):
            due = self.this_week + WEEK + timedelta(days=self.dice.randint(0, 18))
            department = self._department()
            yield self._described(life, department, due, due - timedelta(days=16), None)

    def _task(self, life: Life, due: date) -> dict[str, Any]:
        department = self._department()
        share = DEPARTMENTS[department][1] - (WEAKER_BY if life.pod == WEAK_POD else 0)
        created = due - timedelta(days=self.dice.randint(3, 12))
        finished: date | None
        if self.dice.random() < share:
            finished = due - timedelta(days=self.dice.choice((0, 0, 1, 1, 2)))
        elif self.dice.random() < 0.9:
            finished = due + timedelta(days=self.dice.randint(1, 9))
        else:
            finished = None
        if finished and finished >= self.today:
            finished = None
        return self._described(life, department, due, created, finished)

    def _described(
        self, life: Life, department: str, due: date, created: date, finished: date | None
    ) -> dict[str, Any]:
        done_at = _moment(finished, self.dice.randint(9, 15)) if finished else None
        created_at = _moment(min(created, self.today - timedelta(days=1)), 8)
        task: dict[str, Any] = {
            "name": self.dice.choice(TASKS[department]),
            "section": self._section(due, finished),
            "assignee": self._assignee(life, department),
            "due_on": due.isoformat(),
            "created_at": created_at,
            "modified_at": done_at or created_at,
            "completed_at": done_at,
        }
        if self.dice.random() < 0.08:
            steps = SUBTASKS[: self.dice.randint(2, 4)]
            task["subtasks"] = [
                {
                    key: task[key]
                    for key in ("assignee", "created_at", "modified_at", "completed_at")
                }
                | {"name": step}
                for step in steps
            ]
        return task

    def _section(self, due: date, finished: date | None) -> str:
        if finished:
            return SECTIONS[3]
        if due >= self.this_week + WEEK:
            return SECTIONS[0]
        return SECTIONS[2] if self.dice.random() < 0.3 else SECTIONS[1]

    def _department(self) -> str:
        shares = [share for share, _ in DEPARTMENTS.values()]
        return self.dice.choices(list(DEPARTMENTS), shares)[0]

    def _assignee(self, life: Life, department: str) -> str:
        if department == ACCOUNTS:
            name = life.manager
        elif department == DESIGN:
            pod = self.teams.pod(life.pod)
            name = pod.designer if pod else life.manager
        else:
            people = SPECIALISTS[department]
            name = people[int(life.id[2:]) % len(people)]
        person = self.teams.people[name]
        return (self.teams.people[SUCCESSOR] if person.ended_on else person).email


def _moment(day: date, hour: int) -> str:
    return datetime.combine(day, time(hour), tzinfo=UTC).isoformat().replace("+00:00", "Z")
