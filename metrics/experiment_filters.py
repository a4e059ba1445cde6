"""Which tests the list shows. Each filter stands in the address; nonsense is left out."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from godview.periods import Period, parse_period
from godview.widgets import LongSelect
from metrics.dashboards.experiments.lines import Line
from metrics.dashboards.experiments.words import CONFIDENCES, WORDS

ANY = ("", _("all"))
NOBODY = "nobody"
PERIODS = [
    ("", _("12 months")),
    ("quarter", _("3 months")),
    ("month", _("1 month")),
    ("all", _("all time")),
]


def confidence_asked(text: str | None) -> str:
    """80, 90, 95 or 99; empty for the one each test was planned with."""
    return text if text in CONFIDENCES else ""


class TestsFilter(forms.Form):
    __test__ = False

    client = forms.ChoiceField(label=_("Client"), required=False, widget=LongSelect)
    pod = forms.ChoiceField(label=_("Pod"), required=False)
    designer = forms.ChoiceField(label=_("Designer"), required=False, widget=LongSelect)
    state = forms.ChoiceField(label=_("Result"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)

    def __init__(self, data: object, lines: Sequence[Line], day: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.lines, self.day = lines, day
        self._offer("client", ((line.client.slug, line.client.name) for line in lines))
        self._offer("pod", ((line.client.pod_slug, line.client.pod) for line in lines))
        designed = [(one.record.designer_slug, one.record.designer_name) for one in lines]
        nobody = [(NOBODY, str(_("nobody named")))] if ("", "") in designed else []
        self._offer("designer", designed, nobody)
        self._offer("state", (), [(state.value, word) for state, word in WORDS.items()])

    def _offer(
        self, name: str, found: Iterable[tuple[str, str]], more: Sequence[tuple[str, str]] = ()
    ) -> None:
        known = sorted({pair for pair in found if pair[0]}, key=lambda pair: pair[1].casefold())
        self.fields[name].choices = [ANY, *known, *more]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The filters in use, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def stretch(self) -> Period:
        """What is asked for ends on the day; `all` begins with the calendar."""
        text = self.asked().get("period", "year")
        return Period(date.min, self.day) if text == "all" else parse_period(text, self.day)

    def of_everybody_asked_for(self) -> list[Line]:
        """Whatever their result: those that went on or were decided in the period."""
        asked, start = self.asked(), self.stretch.start
        return [line for line in self.lines if _went_on_after(line, start) and _is(line, asked)]

    def chosen(self) -> list[Line]:
        state = self.asked().get("state")
        found = self.of_everybody_asked_for()
        return [line for line in found if not state or line.state.value == state]


def _went_on_after(line: Line, start: date) -> bool:
    over = line.planned.decided_on
    return over is None or over > start


def _is(line: Line, asked: dict[str, str]) -> bool:
    designer = line.record.designer_slug or NOBODY
    return (
        ("client" not in asked or line.client.slug == asked["client"])
        and ("pod" not in asked or line.client.pod_slug == asked["pod"])
        and ("designer" not in asked or designer == asked["designer"])
    )
