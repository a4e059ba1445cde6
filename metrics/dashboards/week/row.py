"""One client's week: plain values, so that equal weeks are drawn once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from clients.models import Client
from godview.templatetags.display import counted, days_ago
from metrics.dashboards.portfolio import PACE_STATES, PACE_WORDS
from metrics.queries.lights import LIGHT_WORDS, Mark
from metrics.queries.week import ClientOfManager, Note, PromisedGoal, RunningGoal
from tasks.goal_task_states import GoalTask
from tasks.models import WeeklyGoal
from tasks.week_clock import WeekClock

Status = WeeklyGoal.Status
VERDICTS = (Status.MET, Status.MISSED)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One weekly goal, and what may still be done to it."""

    goal: PromisedGoal
    task: GoalTask
    is_standing: bool  # it serves the 90-day goal that stands for the client
    serves_a_running_one: bool
    is_locked: bool
    may_be_marked: bool
    may_be_changed: bool

    @classmethod
    def at(
        cls,
        clock: WeekClock,
        goal: PromisedGoal,
        running: tuple[RunningGoal, ...],
        task: GoalTask,
    ) -> "GoalLine":
        is_open = goal.status == Status.OPEN
        promised = goal.committed_at is not None and goal.committed_at <= clock.now
        return cls(
            goal=goal,
            task=task,
            is_standing=bool(running) and goal.serves_id == running[0].id,
            serves_a_running_one=goal.serves_id in [one.id for one in running],
            is_locked=promised or clock.is_locked,
            may_be_marked=is_open and clock.has_begun,
            may_be_changed=(is_open or goal.status in VERDICTS) and not clock.is_closed,
        )

    @property
    def is_open(self) -> bool:
        return self.goal.status == Status.OPEN

    @property
    def takes_marks(self) -> bool:
        """Also once it is marked, while a slip may still be put right."""
        return self.may_be_marked or (self.is_marked and self.may_be_changed)

    @property
    def may_be_postponed(self) -> bool:
        waits = self.goal.another_day_asked
        return self.is_open and self.goal.promise_id is not None and not waits

    @property
    def is_met(self) -> bool:
        return self.goal.status == Status.MET

    @property
    def is_marked(self) -> bool:
        return self.goal.status in VERDICTS

    @property
    def word(self) -> str:
        return str(Status(self.goal.status).label)

    @property
    def remarks(self) -> str:
        """What is unusual about it, in a few words; nothing when all is as it should be."""
        goal = self.goal
        remarks = [
            "unplanned" if goal.unplanned else "",
            (_("for %(goal_serves)s") % {"goal_serves": goal.serves})
            if goal.serves and not self.is_standing
            else "",
            _("another day asked for") if goal.another_day_asked else "",
            "" if self.takes_marks else goal.note,
        ]
        return "".join(f" · {remark}" for remark in remarks if remark)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One client's week."""

    client: ClientOfManager
    fees: tuple[tuple[str, Decimal], ...]
    goals: tuple[RunningGoal, ...]
    lines: tuple[GoalLine, ...]
    next_goals: tuple[str, ...]  # already planned for the week after
    days_since_contact: int | None
    contact_limit: int
    was_contacted: bool
    note: Note | None
    lights: tuple[str, ...]  # the states of thirteen weeks, this one last
    light: Mark | None
    unfinished: tuple[str, ...] = ()  # of the week before, and not set again yet

    @property
    def standing(self) -> RunningGoal | None:
        return self.goals[0] if self.goals else None

    @property
    def planned_next(self) -> int:
        return len(self.next_goals)

    @property
    def more_goals(self) -> int:
        return max(0, len(self.goals) - 1)

    @property
    def pace_state(self) -> str:
        return PACE_STATES[self.goals[0].pace.state]

    @property
    def pace_words(self) -> str:
        return PACE_WORDS[self.goals[0].pace.state]

    @property
    def is_over_standard(self) -> bool:
        days = self.days_since_contact
        return days is not None and days > self.contact_limit

    @property
    def needs_a_mark(self) -> bool:
        return any(line.is_open and not line.goal.unplanned for line in self.lines)

    @property
    def needs_a_light(self) -> bool:
        return self.client.is_key and (self.light is None or self.light.lacks_note)

    @property
    def lights_words(self) -> str:
        """“Lights of 13 weeks: 9 green, 2 yellow, 1 red, 1 not set”, for who hears the page."""
        counts = [(word, self.lights.count(state)) for state, word in LIGHT_WORDS.items()]
        told = ", ".join(f"{count} {word}" for word, count in counts if count)
        return _("Lights of %(lights)s weeks: %(told)s") % {
            "lights": len(self.lights),
            "told": told,
        }

    @property
    def contact_words(self) -> str:
        if self.days_since_contact is None:
            return "–"
        if self.was_contacted:
            return days_ago(self.days_since_contact)
        return _("never, in %(days_since_contact)s") % {
            "days_since_contact": counted(self.days_since_contact, "day")
        }

    def line_of(self, goal_id: int | None) -> GoalLine | None:
        return next((line for line in self.lines if line.goal.id == goal_id), None)

    def choices(self, line: GoalLine | None) -> Iterator[tuple[int, str]]:
        """The 90-day goals to choose from; the one a goal serves too, even when that has ended."""
        running = {goal.id: goal.name for goal in self.goals}
        if line and line.goal.serves_id is not None and line.goal.serves_id not in running:
            yield line.goal.serves_id, str(line.goal.serves)
        yield from running.items()

    def after(self, form: str, goal_id: int | None) -> str:
        """The id of the control on which the keyboard goes on once a form was sent."""
        line = self.line_of(goal_id)
        if line and line.may_be_changed:
            return f"edit-{line.goal.id}"
        return f"{'add' if goal_id else form}-{self.client.id}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A form that was refused: in which row, why, and what was typed, so that nothing is lost."""

    client: Client
    goal_id: int | None
    form: str
    reasons: list[str]
    typed: dict[str, str] = field(default_factory=dict)
