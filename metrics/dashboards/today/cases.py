"""The attention list as rows of Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from godview.templatetags.display import money
from metrics import attention
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line, State


@dataclass(frozen=True, slots=True)
class Row:
    """One client that needs a decision, in words."""

    state: State
    name: str
    url: str
    who: str
    why: SafeString
    money: str
    age: str
    client_id: int


def rows(cases: Sequence[attention.Case], lines: Sequence[Line], onward: Onward) -> list[Row]:
    by_id = {line.id: line for line in lines}
    return [_row(case, by_id[case.client], onward) for case in cases]


def _row(case: attention.Case, line: Line, onward: Onward) -> Row:
    parts = ((reason.fact, f" {reason.rest}" if reason.rest else "") for reason in case.reasons)
    people = (line.who.pod, line.who.manager)
    return Row(
        state="bad" if case.bad else "watch",
        name=case.name,
        url=onward.to("client", line.who.slug),
        who=", ".join(name for name in people if name),
        why=format_html_join(", ", "<b>{}</b>{}", parts),
        money=stake_in_words(line.mrr),
        age=age_in_words(case.days_open),
        client_id=line.id,
    )


def stake_in_words(mrr: Decimal | None) -> str:
    """What it pays a month; that its currency has no exchange rate does not make it nothing."""
    if mrr is None:
        return _("fee not known")
    return _("%(amount)s / mo") % {"amount": money(mrr)} if mrr else _("no fee")


def age_in_words(days: int) -> str:
    if days <= 0:
        return _("new")
    if days >= 14:
        weeks = days // 7
        return ngettext("%(count)s week open", "%(count)s weeks open", weeks) % {"count": weeks}
    return ngettext("%(count)s day open", "%(count)s days open", days) % {"count": days}
