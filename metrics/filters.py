"""Which of the clients a list shows. Every count on another page links here with a filter."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from metrics.dashboards.onward import TEAMS
from metrics.dashboards.portfolio import Line

ANY: tuple[str, Any] = ("", gettext_lazy("all"))
PACE = [
    ANY,
    ("off", gettext_lazy("off pace")),
    ("behind", gettext_lazy("behind")),
    ("on", gettext_lazy("on pace")),
    ("none", gettext_lazy("not judged")),
]
LIGHT = [
    ANY,
    ("red", pgettext_lazy("light", "red")),
    ("yellow", pgettext_lazy("light", "yellow")),
    ("green", pgettext_lazy("light", "green")),
    ("none", pgettext_lazy("light", "not set")),
]
CONTACT = [
    ANY,
    ("over", gettext_lazy("over the standard")),
    ("near", gettext_lazy("near it")),
    ("fine", gettext_lazy("fine")),
    ("hold", gettext_lazy("on hold")),
]
NEEDS = [ANY, ("decision", gettext_lazy("a decision"))]
LIGHT_STATES = {"red": "bad", "yellow": "watch", "green": "good", "none": "none"}
PACE_STATES = {"off": "bad", "behind": "watch", "on": "good", "none": "none"}
CONTACT_STATES = {"over": "bad", "near": "watch", "fine": "good", "hold": "none"}


class ClientsFilter(forms.Form):
    """All fields may stay empty; a value that is not offered is left out."""

    q = forms.CharField(label=gettext_lazy("Find"), required=False, max_length=100)
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    pod = forms.ChoiceField(label=gettext_lazy("Pod"), required=False)
    manager = forms.ChoiceField(label=gettext_lazy("Manager"), required=False)
    segment = forms.ChoiceField(label=gettext_lazy("Segment"), required=False)
    light = forms.ChoiceField(label=gettext_lazy("Light"), required=False, choices=LIGHT)
    pace = forms.ChoiceField(label=gettext_lazy("Pace"), required=False, choices=PACE)
    contact = forms.ChoiceField(label=gettext_lazy("Contact"), required=False, choices=CONTACT)
    needs = forms.ChoiceField(label=gettext_lazy("Needs"), required=False, choices=NEEDS)

    def __init__(self, data: object, lines: Sequence[Line], segments: Sequence[Any] = ()) -> None:
        """`segments` are groups of (word, choices): kinds of clients, whoever works for them."""
        super().__init__(data)  # type: ignore[arg-type]
        self.lines = lines
        for name in TEAMS:
            found = {(getattr(line.who, f"{name}_slug"), getattr(line.who, name)) for line in lines}
            known = sorted(((slug, word) for slug, word in found if slug), key=lambda one: one[1])
            self.fields[name].choices = [ANY, *known]  # type: ignore[attr-defined]
        self.fields["segment"].choices = [ANY, *segments]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The filters in use, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self, in_need: Iterable[int], in_segment: Iterable[int] = ()) -> list[Line]:
        """The clients that pass every filter.

        `in_need` are those that need a decision, `in_segment` those of the segment asked for.
        """
        asked = self.asked()
        ids = [
            frozenset(some)
            for name, some in (("needs", in_need), ("segment", in_segment))
            if name in asked
        ]
        return [
            line
            for line in self.lines
            if _passes(line, asked) and all(line.id in some for some in ids)
        ]


def _passes(line: Line, asked: dict[str, str]) -> bool:
    who = line.who
    return (
        ("q" not in asked or asked["q"].casefold() in who.name.casefold())
        and all(name not in asked or getattr(who, f"{name}_slug") == asked[name] for name in TEAMS)
        and ("light" not in asked or line.light == LIGHT_STATES[asked["light"]])
        and ("pace" not in asked or line.pace_state == PACE_STATES[asked["pace"]])
        and ("contact" not in asked or line.contact_state == CONTACT_STATES[asked["contact"]])
    )
