"""When each fact of the demo was entered: about when it happened, and a few of them late.

An import writes a whole past in one afternoon. A real agency wrote it down day by day: a client
was there before it had left. So every line of the history is dated like what it tells, and what
became of a row later is told by a line of its own.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from clients.models import Engagement

Line = Any  # a row of a history
LATE, LATE_BY = 0.03, (4, 24)  # how many entries, and how many days
LATE_MODELS = ("Engagement", "Fee", "Touchpoint", "GoalReading", "Cost", "Invoice", "NpsAnswer")
FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Entry:
    """`came` leads to the day of the fact; `later` to what was written down afterwards.

    Each day of `later` comes with its columns, and with what they held until then.
    """

    model: str
    came: str
    later: dict[str, dict[str, Any]] = field(default_factory=dict)


def _until(column: str, **more: Any) -> dict[str, dict[str, Any]]:
    return {column: {column: None, **more}}


ENTRIES = (
    Entry("clients.Staff", "started_on", _until("ended_on")),
    Entry("clients.Department", "staff__started_on"),
    Entry("clients.Pod", "memberships__started_on"),
    Entry("clients.PodMembership", "started_on", _until("ended_on")),
    Entry("clients.Client", "engagements__started_on"),
    Entry("clients.Engagement", "started_on", {**_until("notice_on"), **_until("ended_on")}),
    Entry("clients.Assignment", "started_on", _until("ended_on")),
    Entry("clients.Pause", "started_on", _until("ended_on")),
    Entry("clients.Fee", "starts_on", _until("ends_on")),
    Entry("clients.ExchangeRate", "starts_on"),
    Entry("clients.GrossMargin", "starts_on"),
    Entry("clients.Contact", "client__engagements__started_on"),
    Entry("clients.Touchpoint", "happened_on"),
    Entry("clients.ClientGoal", "starts_on"),
    Entry("clients.GoalReading", "read_on"),
    Entry("clients.TrafficLight", "week_starts_on"),
    Entry("clients.SurveyWave", "opened_on"),
    Entry("clients.CsiQuestion", "wave__opened_on"),
    Entry("clients.SurveyRequest", "sent_on"),
    Entry("clients.NpsAnswer", "answered_on"),
    Entry("clients.CsiAnswer", "answered_on"),
    Entry("clients.Service", "offered_from"),
    Entry("clients.Capacity", "starts_on"),
    Entry("clients.Cost", "spent_on"),
    Entry("clients.Invoice", "issued_on", _until("paid_on")),
    Entry("clients.Refusal", "refused_on", _until("reopened_on")),
    Entry("clients.ExpectationTerms", "effective_on"),
    Entry("clients.TermsRule", "terms__effective_on"),
    Entry("clients.SignedAgreement", "signed_on"),
    Entry("clients.Obligation", "asked_at", _until("answered_at")),
    Entry("clients.ProcessChange", "happened_on"),
    Entry("tasks.WeeklyGoal", "week_starts_on", {"friday": {"status": "open", "closed_at": None}}),
    Entry("tasks.Tactic", "started_on", _until("ended_on", outcome="running")),
    Entry("tasks.Experiment", "started_on", _until("ended_on")),
    Entry("tasks.ExperimentArm", "experiment__started_on"),
    Entry("tasks.ArmReading", "read_on"),
    Entry("training.TrainingModule", "versions__published_on"),
    Entry("training.ModuleVersion", "published_on"),
    Entry("training.Question", "version__published_on"),
    Entry("training.Choice", "question__version__published_on"),
    Entry("training.Requirement", "starts_on"),
    Entry("training.Completion", "completed_on"),
)


class Entering:
    """Dates the whole history of a demo that was just filled."""

    def __init__(self, first_day: date, now: datetime, dice: random.Random) -> None:
        self.first_day, self.now, self.dice = first_day, now, dice
        self.today = timezone.localdate(now)

    def date_all(self) -> int:
        """The last loss before this month was told when the books of that month were closed."""
        losses = Engagement.objects.filter(ended_on__lt=self.today.replace(day=1))
        self.told_late = set(losses.order_by("-ended_on").values_list("pk", flat=True)[:1])
        return sum(self._date(entry) for entry in ENTRIES)

    def _date(self, entry: Entry) -> int:
        model: Any = apps.get_model(entry.model)
        came = dict(model._default_manager.order_by().values_list("pk").annotate(Min(entry.came)))
        columns = sorted({column for blank in entry.later.values() for column in blank})
        changed, added = [], []
        self.newest: dict[int, datetime] = {}
        for line in model.history.order_by("history_id"):
            stages = list(self._stages(line, entry, _day(came.get(line.id))))
            if line.history_type == "+" and len(stages) > 1:
                added += [_as_it_became(line, *stage) for stage in stages[1:]]
                day, blank = stages[0]
            else:
                day, blank = stages[-1][0], {}
            told = [blank.get(column, getattr(line, column)) for column in columns]
            changed.append((line.history_id, self._moment(day, model.__name__, line), told))
        self._write(model, columns, changed)
        for line in added:
            line.history_date = self._moment(line.history_date, model.__name__, line)
        model.history.model.objects.bulk_create(added, batch_size=500)
        return len(changed) + len(added)

    def _stages(
        self, line: Line, entry: Entry, came: date | None
    ) -> Iterator[tuple[date, dict[str, Any]]]:
        """Each day on which something was written, with what was not known yet, oldest first."""
        start = min(came or self.first_day, self.today)
        due = []
        for name, blank in entry.later.items():
            day = line.week_starts_on + FRIDAY if name == "friday" else _day(getattr(line, name))
            is_told = any(getattr(line, column) != value for column, value in blank.items())
            if day is not None and is_told and start < day <= self.today:
                due.append((day, blank))
        due.sort(key=lambda one: one[0])
        blanks = [blank for _, blank in due]
        for number, day in enumerate((start, *(day for day, _ in due))):
            yield day, {name: value for blank in blanks[number:] for name, value in blank.items()}

    def _moment(self, day: date, name: str, line: Line) -> datetime:
        """In working hours; now and then, days later; never before the line before it."""
        if name in LATE_MODELS and self.dice.random() < LATE:
            day += timedelta(days=self.dice.randint(*LATE_BY))
        if name == "Engagement" and line.id in self.told_late and day == line.ended_on:
            day = max(day, self.today.replace(day=1) + timedelta(days=4))
        hour = time(self.dice.randint(8, 17), self.dice.randint(0, 59))
        moment = min(timezone.make_aware(datetime.combine(day, hour)), self.now)
        self.newest[line.id] = max(moment, self.newest.get(line.id, moment))
        return self.newest[line.id]

    def _write(self, model: Any, columns: list[str], changed: list[Any]) -> None:
        """One statement for all lines: a history is long."""
        history, quote = model.history.model, connection.ops.quote_name
        fields = [history._meta.get_field(name) for name in ("history_date", *columns)]
        sets = ", ".join(f"{quote(one.column)} = %s" for one in fields)
        sql = f"UPDATE {quote(history._meta.db_table)} SET {sets} WHERE history_id = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(
                sql,
                [
                    (
                        *(
                            one.get_db_prep_save(value, connection)
                            for one, value in zip(fields, (moment, *told), strict=True)
                        ),
                        pk,
                    )
                    for pk, moment, told in changed
                ],
            )


def _day(told: date | datetime | None) -> date | None:
    return timezone.localdate(told) if isinstance(told, datetime) else told


def _as_it_became(line: Line, day: date, blank: dict[str, Any]) -> Line:
    """The line that tells what was known from that day on."""
    told = {one.attname: getattr(line, one.attname) for one in line._meta.concrete_fields}
    told |= {"history_id": None, "history_type": "~", "history_date": day, **blank}
    return type(line)(**told)
