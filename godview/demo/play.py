"""What became of the demo's promises since Asana was first read: the story in the ledger.

Its people move dates, clear them, delete tasks and make them anew, in the Asana double, where the
next sync finds it; and they ask to postpone, ask for help and change course in God View itself.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from clients import pivots
from clients.models import Assignment, ClientGoal, Staff
from godview.access import Role
from godview.demo.asana import Double
from godview.demo.work import WEAK_POD
from godview.periods import DAY, monday_of
from tasks import help_requests
from tasks.ledger import postponing
from tasks.ledger.goal_terms import GoalTerms, change
from tasks.models import (
    AsanaUser,
    Membership,
    Postponement,
    Promise,
    Standing,
    SyncRun,
    WeeklyGoal,
)

CHANGED = 15  # in Asana
TENTH = Decimal("0.1")
Reason = Postponement.Reason
REQUESTS = (
    (Reason.CLIENT_CHANGED, "They want the headline tested first."),
    (Reason.PRIORITY, "The launch of the spring range came first."),
    (Reason.CAPACITY, "Two of us were ill this week."),
    (Reason.ESTIMATE, "Three more templates than the brief said."),
    (Reason.WAITING, "The tracking has to be live before."),
    (Reason.CAPACITY, "Everybody was on the relaunch."),
    (Reason.CLIENT_CHANGED, "The photo shoot moved by a week."),
    (Reason.ESTIMATE, "The feed has more variants than we saw."),
)
HELP = (
    (
        "Who has a good brief for a welcome flow?",
        "Sent mine from last spring, and we read it together.",
    ),
    ("The tracking shows no conversions since Tuesday.", ""),
    ("How do I tell them that the test lost?", "We wrote the mail together."),
)
PIVOTS = (
    "All budget of prospecting goes to retargeting for two weeks.",
    "New landing page before any new advert.",
    "Weekly call with their sales team: which leads were any good?",
)


class Play:
    def __init__(self, double: Double, now: datetime, seed: int = 1) -> None:
        self.double, self.now = double, now
        self.today = timezone.localdate(now)
        self.dice = random.Random(f"{seed} play")  # noqa: S311 - a story, not a secret

    def is_ready(self) -> bool:
        """Whether the work has been read and promised, so that it can be changed since."""
        return SyncRun.objects.filter(state=SyncRun.State.DONE).exists()

    def play(self) -> list[int]:
        """The projects in which something happened."""
        people = AsanaUser.objects.filter(staff__isnull=False)
        self.users = dict(people.values_list("staff_id", "gid"))
        leaders = Staff.objects.filter(role=Role.LEADERSHIP, ended_on=None)
        self.leader = leaders.order_by("external_id")[0]
        touched = self._in_asana()
        self._postponements()
        self._help()
        self._pivots()
        self._new_terms()
        places = Membership.objects.filter(task__promises__in=touched)
        return sorted(set(places.values_list("project_id", flat=True)))

    # -- in Asana ------------------------------------------

    def _in_asana(self) -> list[Promise]:
        changed = self._open_promises()[:CHANGED]
        for promise, deed in zip(changed, self._deeds(), strict=False):
            deed(promise)
        return changed

    def _deeds(self) -> Iterator[Callable[[Promise], None]]:
        """Fifteen of them: dates moved and taken away, a task deleted, tasks made anew."""
        for days in (3, 5, 6, 7, 7, 9, 12, 14, 21):
            yield partial(self._move, days=days)
        for _ in range(2):
            yield partial(self._change, method="PUT", data={"due_on": None})
        yield partial(self._change, method="DELETE", data={})
        for disguise, days in (("a version behind it", 10), ("capitals", 8), ("as it was", 15)):
            yield partial(self._make_anew, disguise=disguise, days=days)

    def _move(self, promise: Promise, days: int) -> None:
        self._change(promise, "PUT", {"due_on": self._later(promise, days)})

    def _make_anew(self, promise: Promise, disguise: str, days: int) -> None:
        told = {"disguise": disguise, "due_on": self._later(promise, days)}
        task = {"scene": "twin", "task": gid_of(promise), "by": self._who(promise)}
        self.double.tell("scene", {**task, **told})

    def _change(self, promise: Promise, method: str, data: dict[str, Any]) -> None:
        deed = {"method": method, "path": f"/tasks/{gid_of(promise)}", "data": data}
        self.double.tell("act", {**deed, "user": self._who(promise)})

    def _who(self, promise: Promise) -> str:
        return self.users[promise.owner_id or 0]

    def _later(self, promise: Promise, days: int) -> str:
        return (max(promise.due_on, self.today) + timedelta(days=days)).isoformat()

    def _open_promises(self) -> list[Promise]:
        """Due about now, with an owner in Asana, and more of the weak pod's than of others."""
        rows = Promise.objects.of_tasks().filter(
            due_on__range=(self.today - 4 * DAY, self.today + 14 * DAY),
            standing__state=Standing.State.OPEN,
            owner__in=list(self.users),
            task__parent=None,
        )
        found = list(rows.select_related("task", "owner").order_by("pk"))
        dice = random.Random("the same order each time")  # noqa: S311
        dice.shuffle(found)
        weak = set(
            Assignment.objects.on(self.today)
            .filter(pod__name=WEAK_POD)
            .values_list("client_id", flat=True)
        )
        return sorted(found, key=lambda row: row.client_id not in weak and dice.random() < 0.7)

    # -- in God View ---------------------------------------

    def _postponements(self) -> None:
        """Half are approved, one is refused, the others wait for an answer."""
        rows = [row for row in self._open_promises()[CHANGED:] if row.due_on >= self.today]
        for number, (promise, (reason, text)) in enumerate(zip(rows, REQUESTS, strict=False)):
            asked = postponing.ask(
                promise=promise,
                by=promise.owner or self.leader,
                due_on=promise.due_on + timedelta(days=self.dice.randint(3, 14)),
                reason=reason,
                text=text,
                now=self.now,
            )
            if number % 2 == 0:
                postponing.approve(postponement=asked, by=self.leader, now=self.now)
            elif number == 1:
                postponing.refuse(
                    postponement=asked, by=self.leader, now=self.now, note="They wait since May."
                )

    def _help(self) -> None:
        goals = WeeklyGoal.objects.of_week(monday_of(self.today))
        waiting = goals.filter(status=WeeklyGoal.Status.OPEN).select_related("client", "manager")
        for goal, (text, given) in zip(self._some(waiting, len(HELP)), HELP, strict=False):
            asked = help_requests.ask(
                client=goal.client, goal=goal, text=text, by=goal.manager, now=self.now
            )
            if given:
                help_requests.give(request=asked, answer=given, by=self.leader, now=self.now)

    def _pivots(self) -> None:
        decided_on = self.today - timedelta(days=20)
        running = ClientGoal.objects.filter(starts_on__lte=decided_on, ends_on__gt=self.today)
        for number, (goal, text) in enumerate(
            zip(self._some(running, len(PIVOTS)), PIVOTS, strict=False)
        ):
            pivot = pivots.decide(goal=goal, text=text, by=self.leader, today=decided_on)
            if number == 0:
                pivots.judge(
                    pivot=pivot, result="helped", note="Leads cost a fifth less.", today=self.today
                )

    def _new_terms(self) -> None:
        """One target was lowered in the open, with its reason."""
        running = ClientGoal.objects.filter(
            matters_most=True, starts_on__lte=self.today, ends_on__gt=self.today + 20 * DAY
        )
        for goal in self._some(running, 1):
            target = goal.target - (goal.target - goal.baseline) / 5
            change(
                goal=goal,
                to=GoalTerms(goal.baseline, target.quantize(TENTH), goal.ends_on),
                reason="They cut the budget by a third; agreed on the review call.",
                by=self.leader,
                now=self.now,
            )

    def _some(self, rows: Any, count: int) -> list[Any]:
        found = list(rows.order_by("pk"))
        return self.dice.sample(found, min(count, len(found)))


def gid_of(promise: Promise) -> str:
    return promise.task.gid if promise.task else ""
