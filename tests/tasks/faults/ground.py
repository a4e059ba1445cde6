"""An agency on a double: faults are switched on over HTTP, everything that reads is the real thing.

The budget is the shared one in a real broker, the database a real one; only the waits between two
tries are short. What came of it is judged by the double's own snapshot.
"""

import time
from datetime import timedelta
from typing import Any

import redis
import urllib3
from django.conf import settings

from clients.models import Client
from tasks.ledger import rebuilding
from tasks.models import AsanaConnection, Finding, Project, SyncRun
from tasks.sync import streams
from tasks.sync.asking import ask_for_run
from tasks.sync.following import Turn, follow
from tasks.sync.run import work_on
from tasks.sync.start import quick_means, usual_means
from tests.asana_double import AsanaDouble
from tests.asana_double.clock import iso
from tests.asana_double.records import Task as TaskInAsana
from tests.tasks.sync.world import HOUR, connect
from tests.tasks.truth import disagreements

# Longer waits than this are passed over: the double's clock goes on, the pause is taken away.
LONGEST_SLEEP = 1.5


class Ground:
    def __init__(self, double: AsanaDouble) -> None:
        self.double = double
        self.state = double.state
        self.clock = double.clock
        self.connection: AsanaConnection = connect(double)
        self.waits: list[float] = []

    # -- the double, over HTTP --------------------------------------------------------------------

    def switch(self, name: str, /, **body: Any) -> Any:
        where = f"{self.double.root}/_double/{name}"
        answer = urllib3.request("POST", where, json=body, timeout=120, retries=False).json()
        assert not isinstance(answer, dict) or "error" not in answer, answer
        return answer

    def fault(self, kind: str, /, **rule: Any) -> None:
        self.switch("faults", kind=kind, **rule)

    def calm(self) -> None:
        self.switch("faults", clear=True)

    def act(self, method: str, path: str, data: Any = None, user: str | None = None) -> Any:
        return self.switch("act", method=method, path=path, data=data or {}, user=user)

    def change(self, task: TaskInAsana, **fields: Any) -> None:
        self.act("PUT", f"/tasks/{task.gid}", fields)

    def fill(
        self, projects: int = 3, tasks: int = 5, subtasks: int = 0, age: int = 30
    ) -> list[str]:
        """A project for each client; every task has a day, so that each is a promise."""
        created_at = iso(self.clock.now() - timedelta(days=age))
        names = [f"Client {number}" for number in range(projects)]
        for name in names:
            slug = name.lower().replace(" ", "-")
            Client.objects.create(external_id=name, slug=slug, name=name)
        below = [{"name": f"Step {n}"} for n in range(subtasks)]
        loaded = self.switch(
            "load",
            users=[{"name": f"Person {n}", "email": f"person{n}@agency.test"} for n in range(3)],
            projects=[
                {
                    "name": name,
                    "sections": ["To do", "Done"],
                    "tasks": [
                        {
                            "name": f"Task {number}.{place}",
                            "section": "Done" if place % 2 else "To do",
                            "assignee": f"person{place % 3}@agency.test",
                            "due_on": f"2027-05-{place % 28 + 1:02}",
                            "created_at": created_at,
                            "subtasks": below if place == 0 else [],
                        }
                        for place in range(tasks)
                    ],
                }
                for number, name in enumerate(names)
            ],
        )
        return [loaded["projects"][name] for name in names]

    def task(self, name: str) -> TaskInAsana:
        return next(task for task in self.state.tasks.values() if task.name == name)

    def asked(self, path: str, since: int = 0) -> int:
        """How many requests there were whose path and query hold this."""
        found = [f"{one.path}?{one.query}" for one in list(self.double.log)[since:]]
        return sum(path in one for one in found)

    # -- ours -------------------------------------------------------------------------------------

    def read(self, *, full: bool = False, later: float = 0) -> SyncRun:
        """One run to its end, as the worker's jobs carry it on."""
        self.clock.advance(later)
        run = ask_for_run(self.connection, self.clock.now(), full=full)
        while True:
            wait = work_on(run.pk, usual_means(self.clock.now)).go_on_in
            if wait is None:
                break
            self.waits.append(wait)
            self.pass_time(wait)
        run.refresh_from_db()
        self.connection.refresh_from_db()
        return run

    def pass_time(self, seconds: float) -> None:
        if seconds > LONGEST_SLEEP:
            self.clock.advance(seconds)
            redis.Redis.from_url(settings.REDIS_URL).delete(f"asana:{self.connection.pk}:pause")
        else:
            time.sleep(seconds)
            self.clock.advance(0.01)

    def drain(self, *, later: float = 0) -> list[Turn]:
        """Every project that is due, as often as it asks for."""
        self.clock.advance(later)
        turns = []
        for project in Project.objects.to_read().filter(unit__listed_at__isnull=False):
            turn = follow(project.pk, quick_means(self.clock.now))
            turns.append(turn)
            while turn.again_in is not None and len(turns) < 50:
                self.pass_time(turn.again_in)
                turn = follow(project.pk, quick_means(self.clock.now))
                turns.append(turn)
        return turns

    def due(self) -> list[Project]:
        return list(streams.due(self.clock.now()))

    def reconcile(self) -> SyncRun:
        """What the clock does within the hours after: everything is listed again."""
        return self.read(full=True, later=2 * HOUR)

    # -- what came of it --------------------------------------------------------------------------

    def is_right(self, findings: set[tuple[str, str]] | None = None) -> None:
        """Nothing lost, nothing twice, no finding but these (kind, name as it was promised)."""
        assert disagreements(self.double.root) == []
        self.accuses(findings or set())

    def accuses(self, findings: set[tuple[str, str]]) -> None:
        rows = Finding.objects.select_related("promise")
        told = [(row.kind, row.promise.text) for row in rows]
        assert sorted(told) == sorted(findings)
        assert list(rebuilding.differing()) == []
