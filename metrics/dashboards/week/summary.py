"""What a manager tells each client about the week: a text to copy, in the client's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from godview.templatetags.display import day
from metrics.dashboards.week.page import WeekPage
from metrics.dashboards.week.row import WeekRow
from metrics.queries.week import ClientOfManager, PromisedGoal
from tasks.models import WeeklyGoal
from tasks.week_clock import WeekClock

Status = WeeklyGoal.Status


@dataclass(frozen=True, slots=True)
class Summary:
    """One client's text. What is in it is what the client may read: no light, no pace."""

    client: ClientOfManager
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1


def week_summaries(page: WeekPage) -> list[Summary]:
    """One for each client that has goals in the week or in the next one."""
    told = [row for row in page.rows if row.lines or row.next_goals]
    return [Summary(row.client, _in_its_language(row, page.clock)) for row in told]


def _in_its_language(row: WeekRow, clock: WeekClock) -> str:
    with translation.override(row.client.language or settings.LANGUAGE_CODE):
        return _text(row, clock)


def _text(row: WeekRow, clock: WeekClock) -> str:
    goals = [line.goal for line in row.lines]
    done = [goal for goal in goals if goal.status == Status.MET]
    left = [goal for goal in goals if goal.status in (Status.MISSED, Status.POSTPONED)]
    still = [goal for goal in goals if goal.status == Status.OPEN]
    week = _("%(client)s, week %(number)s (%(monday)s to %(sunday)s)") % {
        "client": row.client.name,
        "number": clock.number,
        "monday": day(clock.monday),
        "sunday": day(clock.sunday),
    }
    parts = [
        [week],
        _listed(_("Done:"), (goal.text for goal in done)),
        _listed(_("Not done:"), (_with_reason(goal) for goal in left)),
        _listed(_("We are working on:"), (goal.text for goal in still)),
        _listed(_("Next week:"), row.next_goals),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _listed(title: str, texts: Iterable[str]) -> list[str]:
    lines = [f"- {text}" for text in texts]
    return [title, *lines] if lines else []


def _with_reason(goal: PromisedGoal) -> str:
    return f"{goal.text} ({goal.note})" if goal.note else goal.text
