"""What of a client's page goes on one page of paper."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.templatetags.display import day as on_day
from godview.templatetags.display import moment, money, until
from metrics.dashboards.client.page import ClientPage
from metrics.dashboards.client.weeks import Cell
from metrics.sheets.client_summary import Block, GoalRow, RuleRow, Summary
from tasks.models import Risk

RULES, GOALS, LINES = 8, 5, 4
STATES = ("good", "watch", "bad", "none")


def client_summary(page: ClientPage, risks: Sequence[Risk]) -> Summary:
    line = page.line
    return Summary(
        agency=settings.AGENCY_NAME,
        as_of=_("As of %(moment)s") % {"moment": moment(page.now, page.day)},
        name=page.client.name,
        verdict=line.pace_words if line else page.client.get_status_display(),
        lead=page.lead,
        facts=_facts(page),
        why=_why(page),
        rules=[
            RuleRow(
                rule.state,
                rule.name,
                f"{rule.sum} = {rule.result}" if rule.result else rule.sum,
                rule.limit,
                rule.since,
            )
            for rule in page.rules[:RULES]
        ],
        goals_heading=_("90-day goals") if page.goals else _("No 90-day goal runs"),
        goals=[
            GoalRow(
                goal.state,
                goal.goal.name,
                goal.way,
                goal.now_in_words,
                f"{goal.words} {goal.ratio}".strip(),
                None if goal.pace.progress is None else float(goal.pace.progress),
                None if goal.pace.expected is None else float(goal.pace.expected),
            )
            for goal in page.goals[:GOALS]
        ],
        weeks_heading=_("13 weeks"),
        weeks=[
            [_("Week"), *(str(week) for week in page.grid.weeks)],
            *([name, *(_cell(cell) for cell in cells)] for name, cells in page.grid.rows),
        ],
        blocks=list(_blocks(page, risks)),
    )


def _facts(page: ClientPage) -> list[tuple[str, str]]:
    line = page.line
    nps = _("not asked yet")
    if page.nps:
        told = {"score": page.nps.score, "day": on_day(page.nps.answered_on, page.day)}
        nps = _("%(score)s of 10, %(day)s") % told
    return [
        ("MRR", _("%(mrr)s / mo") % {"mrr": money(line.mrr)} if line else "–"),
        (_("With us"), page.months),
        (_("Manager"), (line and line.who.manager) or _("nobody")),
        (_("Designer"), ", ".join(page.designers) or _("none in the pod")),
        ("NPS", nps),
    ]


def _why(page: ClientPage) -> str:
    if page.is_red:
        return _("Why is this red?")
    return _("Why does this need a look?") if page.failed else _("Why is this fine?")


def _cell(cell: Cell) -> str:
    return cell.state if cell.state in STATES else cell.text


def _blocks(page: ClientPage, risks: Sequence[Risk]) -> Iterable[Block]:
    goals = [(goal.text, goal.get_status_display()) for goal in page.this_week]
    yield _block(_("This week’s goals"), goals, _("No goals for this week yet."))
    waiting = [(one.text, _clock(one, page)) for one in page.waiting]
    yield _block(_("Agreement clock"), waiting, _("The client owes us nothing."))
    tactics = [(one.name, one.words) for one in page.tactics]
    yield _block(_("Tactics, won and lost"), tactics, _("No tactic ran in the last 13 weeks."))
    contacts = [
        (
            f"{touch.get_channel_display()}, {touch.staff.name}"
            if touch.staff
            else touch.get_channel_display(),
            on_day(touch.happened_on, page.day),
        )
        for touch in page.touchpoints[:LINES]
    ]
    yield _block(_("Contacts"), contacts, _("No contact was logged yet."))
    told = [(risk.text, on_day(risk.due_on, page.day) if risk.due_on else "") for risk in risks]
    yield _block(_("Risks"), told, _("No open risk is known."))


def _clock(obligation: Any, page: ClientPage) -> str:
    if obligation.due_at <= page.now:
        return _("%(time)s late") % {"time": until(obligation.due_at, page.now)}
    return _("%(time)s left") % {"time": until(page.now, obligation.due_at)}


def _block(heading: str, lines: Sequence[tuple[str, str]], nothing: str) -> Block:
    """As many as fit; how many more there are is said."""
    shown, more = list(lines[:LINES]), len(lines) - LINES
    if more > 0:
        shown.append((ngettext("%(count)s more", "%(count)s more", more) % {"count": more}, ""))
    return Block(heading, shown or [(nothing, "")])
