"""How the clients stand that a person answers for: three numbers of today, with their rows."""

from collections.abc import Sequence
from datetime import date

from clients.models import Staff
from godview.periods import trailing
from godview.translating.later import later
from metrics.dashboards.figures import Figure, figure
from metrics.dashboards.numbers import NUMBERS, Facts
from metrics.dashboards.onward import Onward
from metrics.dashboards.portfolio import Line
from metrics.formulas.contact import silence
from metrics.formulas.measure import Measure
from metrics.queries.pace import ClientPace
from metrics.queries.scopes import Scope

LABELS = {
    "clients_active": later("Clients"),
    "clients_on_pace": later("Clients on pace"),
    "days_since_contact_mean": later("Days since contact"),
}


def standing_figures(
    person: Staff, lines: Sequence[Line], day: date, onward: Onward
) -> list[tuple[str, Figure]]:
    """Of `lines`, which are everybody's; nothing for those who answer for no client."""
    mine = [line for line in lines if line.who.manager_id == person.pk]
    if not mine:
        return []
    named = f"manager:{person.slug}"
    return [
        (LABELS[key], figure(key, measure, onward.why(key, named)))
        for key, measure in _measures(person, mine, day).items()
    ]


def _measures(person: Staff, lines: Sequence[Line], day: date) -> dict[str, Measure]:
    """From what is known of the clients already, so that nothing is read again."""
    scope = Scope("manager", person.pk, person.name)
    facts = Facts(scope, trailing("quarter", day), day)
    facts.active = [line.id for line in lines]
    facts.paces = [ClientPace(x.id, x.pace, matters_most=True) for x in lines if x.pace]
    waits = {x.id: x.days for x in lines if x.days is not None}
    facts.silence = silence(list(waits.values()), lines[0].contact_limit)
    return {key: NUMBERS[key](facts) for key in LABELS}
