"""Which tactics the page puts together, and by what. All of it stands in the address."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from godview.periods import Period, parse_period
from godview.translating.later import later
from godview.widgets import LongSelect
from metrics.dashboards.tactics import KEYS, By
from metrics.queries.tactics import TacticRow

ANY = ("", later("all"))
PERIODS = [
    ("", later("12 months")),
    ("quarter", later("3 months")),
    ("month", later("1 month")),
    ("all", later("all time")),
]
BY: tuple[tuple[By, str], ...] = (
    ("tactic", later("Tactic")),
    ("client", later("Client")),
    ("manager", later("Manager")),
    ("pod", later("Pod")),
    ("industry", later("Industry")),
)


def by_asked(text: str | None) -> By:
    return text if text in KEYS else "tactic"


def period_of(text: str | None, day: date) -> Period:
    """Ends on the day; `all` begins with the calendar, nonsense is a year."""
    if text == "all":
        return Period(date.min, day)
    return parse_period(text if text in ("month", "quarter") else "year", day)


class TacticsFilter(forms.Form):
    tactic = forms.ChoiceField(label=_("Tactic"), required=False, widget=LongSelect)
    client = forms.ChoiceField(label=_("Client"), required=False, widget=LongSelect)
    manager = forms.ChoiceField(label=_("Manager"), required=False, widget=LongSelect)
    pod = forms.ChoiceField(label=_("Pod"), required=False)
    industry = forms.ChoiceField(label=_("Industry"), required=False, widget=LongSelect)
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)

    def __init__(self, data: object, rows: Sequence[TacticRow]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.rows = rows
        for name, key in KEYS.items():
            self._offer(name, (key(row) for row in rows))

    def _offer(self, name: str, found: Iterable[tuple[str, str]]) -> None:
        known = sorted({pair for pair in found if pair[0]}, key=lambda pair: pair[1].casefold())
        self.fields[name].choices = [ANY, *known]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The filters in use, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self) -> list[TacticRow]:
        asked = [(KEYS[by], self.asked()[by]) for by in KEYS if by in self.asked()]
        return [row for row in self.rows if all(key(row)[0] == value for key, value in asked)]
