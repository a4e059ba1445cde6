"""Which of the clients a list shows. Every count on another page links here with a filter."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.dashboards.portfolio import Line

ANY = ("", "all")
PACE = [ANY, ("off", "off pace"), ("behind", "behind"), ("on", "on pace"), ("none", "not judged")]
CONTACT = [
    ANY,
    ("over", "over the standard"),
    ("near", "near it"),
    ("fine", "fine"),
    ("hold", "on hold"),
]
NEEDS = [ANY, ("decision", "a decision")]
PACE_STATES = {"off": "bad", "behind": "watch", "on": "good", "none": "none"}
CONTACT_STATES = {"over": "bad", "near": "watch", "fine": "good", "hold": "none"}


class ClientsFilter(forms.Form):
    """All fields may stay empty; a value that is not offered is left out."""

    q = forms.CharField(label=_("Find"), required=False, max_length=100)
    pod = forms.ChoiceField(label=_("Pod"), required=False)
    manager = forms.ChoiceField(label=_("Manager"), required=False)
    pace = forms.ChoiceField(label=_("Pace"), required=False, choices=PACE)
    contact = forms.ChoiceField(label=_("Contact"), required=False, choices=CONTACT)
    needs = forms.ChoiceField(label=_("Needs"), required=False, choices=NEEDS)

    def __init__(self, data: object, lines: Sequence[Line]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.lines = lines
        for name, field in (("pod", "pod"), ("manager", "manager")):
            found = {
                (getattr(line.who, f"{field}_slug"), getattr(line.who, field)) for line in lines
            }
            known = sorted((slug, word) for slug, word in found if slug)
            self.fields[name].choices = [ANY, *known]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The filters in use, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self, in_need: Iterable[int]) -> list[Line]:
        """The clients that pass every filter; `in_need` are those that need a decision."""
        asked, needy = self.asked(), frozenset(in_need) if self.asked().get("needs") else None
        return [
            line
            for line in self.lines
            if _passes(line, asked) and (needy is None or line.id in needy)
        ]


def _passes(line: Line, asked: dict[str, str]) -> bool:
    who = line.who
    return (
        ("q" not in asked or asked["q"].casefold() in who.name.casefold())
        and ("pod" not in asked or who.pod_slug == asked["pod"])
        and ("manager" not in asked or who.manager_slug == asked["manager"])
        and ("pace" not in asked or line.pace_state == PACE_STATES[asked["pace"]])
        and ("contact" not in asked or line.contact_state == CONTACT_STATES[asked["contact"]])
    )
