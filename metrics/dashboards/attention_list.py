"""The whole attention list: what is open, put off and closed, who sees to it, and until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.templatetags.display import day as in_words
from godview.translating.later import later
from metrics.attention import RULES, Case
from metrics.attention.crossings import Handling, is_quiet
from metrics.dashboards.cases import all_cases
from metrics.dashboards.early_warning import all_scores, in_short, state_of
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State, lines_for
from metrics.dashboards.reason_rows import rows_of
from metrics.dashboards.today.cases import age_in_words, stake_in_words
from metrics.formulas.early_warning import WarningScore
from metrics.models import AttentionCase
from metrics.queries.handling import handlings, last_case_of_each
from metrics.queries.stamps import Stamps

STATES = {
    "open": later("Open"),
    "unassigned": later("Nobody sees to it"),
    "assigned": later("Assigned"),
    "snoozed": later("Put off"),
    "closed": later("Closed"),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One client that needs a decision, with all its reasons and what was decided so far."""

    case: Case
    line: Line
    held: AttentionCase | None
    where: str  # open, snoozed or closed
    url: str
    score: WarningScore | None
    today: date
    onward: Onward

    @property
    def why(self) -> SafeString:
        """Every reason, with the way to its rows."""
        return _why(self.case, self.slug, self.today, self.onward)

    @property
    def warning(self) -> str:
        return in_short(self.score) if self.score else ""

    @property
    def warns(self) -> bool:
        return state_of(self.score) == "bad"

    @property
    def slug(self) -> str:
        return self.line.who.slug

    @property
    def name(self) -> str:
        return self.case.name

    @property
    def who(self) -> str:
        return ", ".join(name for name in (self.line.who.pod, self.line.who.manager) if name)

    @property
    def mark(self) -> State:
        return "bad" if self.case.bad else "watch"

    @property
    def stake(self) -> str:
        return stake_in_words(self.line.mrr)

    @property
    def age(self) -> str:
        return age_in_words(self.case.days_open)

    @property
    def decided(self) -> str:
        held = self.held
        if held is None:
            return ""
        if self.where == "closed":
            return f"Closed: {held.close_reason}"
        told = []
        if self.where == "snoozed":
            told.append(
                _("Put off until %(held_snoozed_until)s: %(held_snooze_reason)s.")
                % {
                    "held_snoozed_until": in_words(held.snoozed_until),
                    "held_snooze_reason": held.snooze_reason,
                }
            )
        if held.owner is not None:
            until = (
                (_(", until %(held_due_on)s") % {"held_due_on": in_words(held.due_on)})
                if held.due_on
                else ""
            )
            told.append(f"{held.owner.name}: {held.next_action}{until}")
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class AttentionList:
    rows: list[CaseRow]
    counts: dict[str, int]
    checked: int
    everything: list[CaseRow]


def attention_list(
    user: Any, stamps: Stamps, now: datetime, asked: Mapping[str, str], onward: Onward
) -> AttentionList:
    """The clients a person may see that break a rule, the most urgent first, narrowed as asked."""
    today = timezone.localdate(now)
    lines = lines_for(user, stamps, today)
    rows = case_rows(lines, stamps, now, onward)
    counts = {state: sum(_is(row, state) for row in rows) for state in STATES}
    return AttentionList([row for row in rows if passes(row, asked)], counts, len(lines), rows)


def case_rows(
    lines: Sequence[Line], stamps: Stamps, now: datetime, onward: Onward
) -> list[CaseRow]:
    today = timezone.localdate(now)
    by_id = {line.id: line for line in lines}
    known, held = handlings(today), last_case_of_each(today)
    scores = all_scores(stamps, today)
    rows = []
    for case in all_cases(lines, stamps, now):
        line, where = by_id[case.client], _where(case, known.get(case.client), today)
        rows.append(
            CaseRow(
                case=case,
                line=line,
                held=_told_by(held.get(case.client), where, today),
                where=where,
                url=onward.to("client", line.who.slug),
                score=scores.get(case.client),
                today=today,
                onward=onward,
            )
        )
    return rows


def _told_by(case: AttentionCase | None, where: str, today: date) -> AttentionCase | None:
    """What was decided when it last ended says nothing about what is open again."""
    has_ended = case is not None and case.ended_on is not None and case.ended_on <= today
    return None if has_ended and where != "closed" else case


def _why(case: Case, slug: str, today: date, onward: Onward) -> SafeString:
    parts = (
        (rows_of(one.rule, slug, today, onward), one.fact, f" {one.rest}" if one.rest else "")
        for one in case.reasons
    )
    return format_html_join(", ", '<a class="quiet" href="{}"><b>{}</b></a>{}', parts)


def _where(case: Case, handling: Handling | None, today: date) -> str:
    if not is_quiet(case.rules, handling, today):
        return "open"
    return "snoozed" if handling and handling.is_open else "closed"


def _is(row: CaseRow, state: str) -> bool:
    owned = bool(row.held and row.held.owner_id)
    if state == "assigned":
        return row.where == "open" and owned
    if state == "unassigned":
        return row.where == "open" and not owned
    return row.where == state


def passes(row: CaseRow, asked: Mapping[str, str]) -> bool:
    return (
        _is(row, asked.get("state") or "open")
        and ("rule" not in asked or asked["rule"] in row.case.rules)
        and ("pod" not in asked or row.line.who.pod_slug == asked["pod"])
        and ("owner" not in asked or _owner(row) == asked["owner"])
    )


def _owner(row: CaseRow) -> str:
    return row.held.owner.slug if row.held and row.held.owner and row.where != "closed" else ""


CSV_HEADER = (
    "client", "slug", "pod", "account_manager", "state", "severity", "rules", "reasons",
    "days_open", "mrr", "warning_score", "owner", "next_action", "due_on", "put_off_until",
    "put_off_because", "closed_because",
)  # fmt: skip


def csv_row(row: CaseRow) -> tuple[Any, ...]:
    """Raw numbers and ISO dates; what is unknown is empty."""
    held, score = row.held, row.score.value if row.score else None
    return (
        row.name,
        row.slug,
        row.line.who.pod,
        row.line.who.manager,
        row.where,
        "bad" if row.case.bad else "watch",
        " ".join(reason.rule for reason in row.case.reasons),
        "; ".join(reason.words for reason in row.case.reasons),
        row.case.days_open,
        None if row.line.mrr is None else round(row.line.mrr, 2),
        None if score is None else round(score, 1),
        held.owner.name if held and held.owner else None,
        held.next_action if held else None,
        held.due_on if held else None,
        held.snoozed_until if held and row.where == "snoozed" else None,
        held.snooze_reason if held and row.where == "snoozed" else None,
        held.close_reason if held and row.where == "closed" else None,
    )


def offered(rows: Iterable[CaseRow]) -> dict[str, list[tuple[str, str]]]:
    """What the rows can be narrowed to."""
    known = list(rows)
    pods = {(r.line.who.pod_slug, r.line.who.pod) for r in known if r.line.who.pod_slug}
    owners = {(r.held.owner.slug, r.held.owner.name) for r in known if r.held and r.held.owner}
    broken = {rule for row in known for rule in row.case.rules}
    return {
        "rule": [(key, rule.name) for key, rule in RULES.items() if key in broken],
        "pod": sorted((slug or "", name or "") for slug, name in pods),
        "owner": sorted(owners, key=lambda one: one[1]),
    }
