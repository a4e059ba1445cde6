from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.agreements import current_agreement
from clients.models import (
    Client,
    ClientGoal,
    Contact,
    Fee,
    NpsAnswer,
    Obligation,
    SignedAgreement,
    Touchpoint,
)
from godview.periods import DAY, WEEK, Period, start_of_day
from metrics.attention import RULES
from metrics.charts.goal_course import goal_course
from metrics.dashboards.cases import case_of
from metrics.dashboards.client.goals import GoalLine, goal_lines
from metrics.dashboards.client.rules import Rule, rules
from metrics.dashboards.client.tactics import TacticLine, tactic_lines
from metrics.dashboards.client.weeks import Grid, Links, grid, mondays_to, paces_to
from metrics.dashboards.early_warning import Explained, all_scores, explained
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, all_lines, book_on, ends_on, months_with_us
from metrics.formulas.ratio import Ratio
from metrics.memory import remembered
from metrics.queries import client as queries
from metrics.queries.client import OpenTasks
from metrics.queries.lights import Mark, lights_to
from metrics.queries.limits import limit_history, limits_on
from metrics.queries.scopes import Scope
from metrics.queries.stamps import Stamps, read_stamps
from metrics.queries.weeks import on_time_by_week
from tasks.models import PromiseEvent, Tactic, WeeklyGoal


@dataclass(frozen=True, slots=True)
class ClientPage:
    """`line` is None for a client who is not served on the day; the past stays on the page."""

    client: Client
    line: Line | None
    day: date
    now: datetime
    lead: str
    months: str
    ends_on: date | None
    fees: list[Fee]
    designers: list[str]
    rules: list[Rule]
    warning: Explained | None
    goals: list[GoalLine]
    figure: dict[str, Any] | None
    charted: GoalLine | None
    changes: list[PromiseEvent]
    grid: Grid
    this_week: list[WeeklyGoal]
    week: int
    agreement: SignedAgreement | None
    waiting: list[Obligation]
    tactics: list[TacticLine]
    touchpoints: list[Touchpoint]
    tasks: OpenTasks
    people: list[Contact]
    nps: NpsAnswer | None
    mrr_url: str
    contacts_url: str
    tasks_url: str
    tactics_url: str

    @property
    def failed(self) -> int:
        return sum(rule.broken for rule in self.rules)

    @property
    def checked(self) -> int:
        """All are; of those that are kept, only the four that everybody asks about are shown."""
        return len(RULES)

    @property
    def is_red(self) -> bool:
        return any(rule.state == "bad" for rule in self.rules)


def client_page(client: Client, now: datetime, onward: Onward, charted_id: str = "") -> ClientPage:
    day, stamps = timezone.localdate(now), read_stamps()
    limits, history = limits_on(stamps, day), limit_history(stamps)
    line = next((line for line in all_lines(stamps, day) if line.id == client.pk), None)
    mondays, rows = mondays_to(day), _rows(stamps, client, day)
    lines, paces = goal_lines(rows.goals, day, limits["pace"]), paces_to(rows.goals, day, history)
    waiting = [one for one in rows.obligations if one.asked_at <= now]
    charted = _charted(lines, charted_id)
    changes = rows.changes.get(charted.goal.pk, []) if charted else []
    case = case_of(line, stamps, now, waiting) if line else None
    checked = rules(line, lines, paces, waiting, limits, case, now, onward) if line else []
    since = line.since if line else day
    links = Links(client.slug, onward)
    thirteen_weeks = Period(mondays[0], day + DAY)
    return ClientPage(
        client=client,
        line=line,
        day=day,
        now=now,
        lead=_lead(line, checked),
        months=_months(line, day),
        ends_on=ends_on(book_on(stamps, day), line) if line else None,
        fees=rows.fees,
        designers=rows.designers,
        rules=checked,
        warning=_warning(line, stamps, day),
        goals=lines,
        figure=goal_course(charted.goal, charted.readings, day, charted.state) if charted else None,
        charted=charted,
        changes=changes,
        grid=grid(
            day,
            since,
            paces,
            rows.weekly_goals,
            rows.contact_days,
            rows.on_time,
            rows.lights,
            rows.moved,
            links,
        ),
        this_week=[goal for goal in rows.weekly_goals if goal.week_starts_on == mondays[-1]],
        week=day.isocalendar().week,
        agreement=rows.agreement,
        waiting=waiting,
        tactics=tactic_lines(rows.tactics),
        touchpoints=rows.touchpoints,
        tasks=rows.tasks,
        people=rows.people,
        nps=rows.nps,
        mrr_url=links.why("mrr"),
        contacts_url=links.contacts(),
        tasks_url=links.tasks(),
        tactics_url=links.why("tactic_decisive_share", thirteen_weeks),
    )


def _warning(line: Line | None, stamps: Stamps, day: date) -> Explained | None:
    """How likely the client is to leave; not while it is on hold or gone."""
    if line is None or line.paused:
        return None
    return explained(all_scores(stamps, day)[line.id])


@dataclass(frozen=True, slots=True)
class Rows:
    """What the database knows of one client; kept until anything changes, and never written to."""

    goals: list[ClientGoal]
    changes: dict[int, list[PromiseEvent]]
    weekly_goals: list[WeeklyGoal]
    contact_days: list[date]
    on_time: list[Ratio]
    lights: dict[date, Mark]
    touchpoints: list[Touchpoint]
    obligations: list[Obligation]
    agreement: SignedAgreement | None
    tactics: list[Tactic]
    tasks: OpenTasks
    fees: list[Fee]
    designers: list[str]
    people: list[Contact]
    nps: NpsAnswer | None
    moved: dict[date, int]


@remembered(256)
def _rows(stamps: Stamps, client: Client, day: date) -> Rows:
    mondays = mondays_to(day)
    period = Period(mondays[0], day + DAY)
    end_of_day = start_of_day(day + DAY, timezone.get_default_timezone())
    return Rows(
        goals=queries.goals_with_readings(client, period.start, day),
        changes=queries.changed_terms(client),
        weekly_goals=queries.weekly_goals(client, mondays[0], mondays[-1]),
        contact_days=queries.contacts_by_day(client, period),
        on_time=_on_time(client, mondays),
        lights=lights_to([client.pk], mondays[-1]).get(client.pk, {}),
        touchpoints=queries.touchpoints(client, day),
        obligations=queries.obligations(client, end_of_day),
        agreement=current_agreement(client, day),
        tactics=queries.tactics(client, period),
        tasks=queries.open_tasks(client, day),
        fees=queries.fees(client, day),
        designers=queries.designers(client, day),
        people=queries.people(client),
        nps=queries.newest_answer(client, day),
        moved=queries.deadlines_moved(client, period),
    )


def _on_time(client: Client, mondays: list[date]) -> list[Ratio]:
    weeks = Period(mondays[0], mondays[-1] + WEEK)
    found = on_time_by_week(Scope("client", client.pk, client.name), weeks)
    return [found.get(monday, Ratio(0, 0)) for monday in mondays]


def _charted(lines: list[GoalLine], asked: str) -> GoalLine | None:
    return next((line for line in lines if str(line.goal.pk) == asked), lines[0] if lines else None)


def _months(line: Line | None, day: date) -> str:
    if line is None:
        return _("not served today")
    if months := months_with_us(line, day):
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    days = (day - line.since).days
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _lead(line: Line | None, checked: list[Rule]) -> str:
    if line is None:
        return _("Not served on this day. What was promised and done stays below.")
    if line.paused:
        return _("On hold: not counted in contact and goals until work goes on.")
    broken = [rule for rule in checked if rule.broken]
    if not broken:
        return _("No rule is broken today.")
    told = [f"{rule.name[0].lower()}{rule.name[1:]} {rule.result}".strip() for rule in broken]
    count = len(broken)
    sentence = ngettext(
        "%(count)s rule broken: %(rules)s.", "%(count)s rules broken: %(rules)s.", count
    )
    return sentence % {"count": count, "rules": ", ".join(told)}
