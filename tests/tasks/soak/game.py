"""One seed: an agency at work, a machine that fails, and at the end a comparison.

People do one thing or another; events are lost, repeated, late and mixed up; workers read, drain
and sweep, two at a time, and are killed; the broker is emptied. When all has come to rest and was
read once more, our tables must be as the double is, and the ledger must say what was done.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from typing import Any

import redis
import urllib3
from django.conf import settings
from django.core.management import CommandError, call_command

from clients.models import Client
from tasks.models import Finding, SyncRun
from tests.asana_double import AsanaDouble
from tests.asana_double.clock import iso
from tests.tasks.soak.hands import Hand
from tests.tasks.soak.people import People
from tests.tasks.sync.world import HOUR, connect
from tests.tasks.truth import disagreements

FAULTS = ("500", "503", "reset", "short body", "cut json", "412", "429")


@dataclass
class Result:
    """What a seed came to: empty lists are what we want."""

    seed: int
    differences: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    ledger: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        return not (self.differences or self.missed or self.false or self.ledger)


class Game:
    def __init__(self, double: AsanaDouble, hands: list[Hand], seed: int) -> None:
        self.double, self.hands = double, hands
        self.dice = random.Random(seed)
        self.result = Result(seed)

    def play(self, projects: int, tasks: int, rounds: int = 4) -> Result:
        began = time.monotonic()
        self._begin(projects, tasks)
        people = People(self.double.state, self.dice)
        deeds = max(1, projects * tasks // 2 // rounds)
        for _ in range(rounds):
            self._misbehave()
            for _ in range(deeds):
                with self.double.lock:
                    people.do_something()
                self.result.counts["deeds"] += 1
                if self.dice.random() < 2 / deeds:
                    self._work()
            self._work()
            self.double.clock.advance(self.dice.choice([30, 600, HOUR, 1.5 * HOUR]))
        self._come_to_rest()
        self._judge(people)
        self.result.seconds = time.monotonic() - began
        return self.result

    # -- the agency -------------------------------------------------------------------------------

    def _begin(self, projects: int, tasks: int) -> None:
        names = [f"Client {number}" for number in range(projects)]
        Client.objects.bulk_create(
            Client(external_id=name, slug=f"client-{number}", name=name)
            for number, name in enumerate(names)
        )
        namer = People(self.double.state, random.Random(self.result.seed)).name
        made = self._days_ago(40)
        document = {
            "users": [{"name": f"Person {n}", "email": f"person{n}@a.test"} for n in range(9)],
            "projects": [
                {
                    "name": name,
                    "sections": ["Now", "Next", "Later"],
                    "tasks": [self._task(place, namer(), made) for place in range(tasks)],
                }
                for name in names
            ],
        }
        self._switch("load", **document)
        connect(self.double)
        self._order(self.hands[0], "read", kill=0.5)
        self._read_to_the_end()

    def _task(self, place: int, name: str, made: str) -> dict[str, Any]:
        due = f"2027-0{place % 8 + 1}-{place % 27 + 1:02}"
        below = [{"name": f"{name}, step {n}"} for n in range(2 if place % 5 == 0 else 0)]
        done = {"completed_at": self._days_ago(20)} if place % 6 == 5 else {}
        return {"name": name, "due_on": due, "created_at": made, "subtasks": below, **done}

    def _days_ago(self, days: int) -> str:
        return iso(self.double.clock.now() - timedelta(days=days))

    # -- the machine ------------------------------------------------------------------------------

    def _misbehave(self) -> None:
        dice = self.dice
        self._switch(
            "events",
            drop=dice.choice([0, 0.2]),
            duplicate=dice.choice([0, 0.3]),
            shuffle=dice.random() < 0.5,
            delay_seconds=dice.choice([0, 600]),
            delay_share=0.3,
        )
        self._switch("faults", clear=True)
        if dice.random() < 0.7:
            kind = dice.choice(FAULTS)
            path = "/events" if kind == "412" else "/(events|tasks|projects)"
            self._switch("faults", kind=kind, path=path, probability=0.02, retry_after=0)

    def _work(self) -> None:
        """One worker or two at once do something; now and then one is killed, or the broker."""
        dice = self.dice
        busy = dice.sample(self.hands, dice.choice([1, 1, 2]))
        for hand in busy:
            hand.begin(dice.choice(["read", "drain", "drain", "sweep"]), **self._now())
        for hand in busy:
            if dice.random() < 0.6:
                killed = hand.kill_after(dice.uniform(0, 0.25))
                self.result.counts["kills"] += killed
            else:
                self.result.counts["failures"] += hand.finish() != 0
        if dice.random() < 0.2:
            redis.Redis.from_url(settings.REDIS_URL).flushdb()
            self.result.counts["broker emptied"] += 1
        # Whatever lease a dead worker held is over when the next one comes.
        self.double.clock.advance(30)

    def _order(self, hand: Hand, deed: str, kill: float = 0.0, **more: Any) -> None:
        hand.begin(deed, **{**self._now(), **more})
        if kill:
            self.result.counts["kills"] += hand.kill_after(self.dice.uniform(0, kill))
            self.double.clock.advance(30)
        else:
            hand.finish()

    def _now(self) -> dict[str, Any]:
        offset = self.double.clock.offset.total_seconds()
        common = {"offset": offset, "url": self.double.url}
        return {**common, "full": False, "seed": self.dice.random()}

    def _read_to_the_end(self, *, full: bool = False) -> None:
        for _ in range(5):
            self._order(self.hands[0], "read", full=full)
            if SyncRun.objects.order_by("pk").last().is_finished:  # type: ignore[union-attr]
                return
            self.double.clock.advance(30)

    def _come_to_rest(self) -> None:
        self._switch("faults", clear=True)
        self._switch("events", drop=0, duplicate=0, shuffle=False, delay_seconds=0)
        self.double.clock.advance(HOUR)
        self._read_to_the_end()
        self.double.clock.advance(1.1 * HOUR)
        self._read_to_the_end(full=True)
        # Subtasks of a task that was found only now are asked for in the next read.
        self.double.clock.advance(1.1 * HOUR)
        self._read_to_the_end(full=True)

    # -- what came of it --------------------------------------------------------------------------

    def _judge(self, people: People) -> None:
        result, expected = self.result, people.expected
        result.differences = disagreements(self.double.root)
        rows = Finding.objects.select_related("promise__task", "twin")
        told = Counter((row.kind, row.promise.task.gid) for row in rows if row.promise.task)
        result.missed = [f"{kind} {gid}" for kind, gid in expected.planted - told.keys()]
        wrong = told.keys() - expected.planted - expected.allowed - self._ways_there(expected)
        result.false = [f"{kind} {gid}" for kind, gid in wrong]
        for row in rows:
            gone = row.promise.task.gid if row.promise.task else ""
            if row.twin and expected.twins.get(gone) != row.twin.gid:
                result.false.append(f"twin {row.twin.gid} of {gone}")
        try:
            call_command("check_ledger", stdout=StringIO())
        except CommandError as error:
            result.ledger = str(error)
        result.counts["cheats"] = expected.cheats
        result.counts["innocent"] = expected.innocent
        result.counts["findings"] = sum(told.values())
        result.counts["requests"] = len(self.double.log)

    def _ways_there(self, expected: Any) -> set[tuple[str, str]]:
        """Who looked between clearing a date and setting another saw it cleared."""
        return {("cleared", gid) for kind, gid in expected.planted if kind == "moved"}

    def _switch(self, name: str, /, **body: Any) -> None:
        where = f"{self.double.root}/_double/{name}"
        answer = urllib3.request("POST", where, json=body, timeout=120, retries=False).json()
        assert not (isinstance(answer, dict) and "error" in answer), answer
