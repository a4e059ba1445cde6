"""Pods and people of the demo agency, and since when."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from godview.demo.words import DESIGNERS, FAMILY, GIVEN, MANAGERS, PODS

CLIENTS_OF_A_POD = 23
REORGANISED = 0.72
SUCCESSOR = "Per Lind"
PREDECESSOR = "Hugo Brandão"  # answered for Per Lind's clients until the agency was reorganised
ACCOUNTS, MEDIA, DESIGN, CONTENT, SALES = (
    "Account management",
    "Paid media",
    "Design and CRO",
    "Content and SEO",
    "Sales handover",
)
LEADER, DIRECTOR = "Jo Dahl", "Nora Falk"
OTHERS = (
    (LEADER, "leadership", ""),
    (DIRECTOR, "account_director", ACCOUNTS),
    ("Sam Osei", "account_director", MEDIA),
    ("Vera Holm", "account_director", DESIGN),
    ("Filip Wolny", "marketing", MEDIA),
    ("Aisha Karim", "marketing", MEDIA),
    ("Noah Becker", "marketing", MEDIA),
    ("Greta Nyman", "marketing", CONTENT),
    ("Pablo Ortiz", "marketing", CONTENT),
    ("Marc Dubois", "salesperson", SALES),
    ("Tess Waller", "salesperson", SALES),
    ("Yuki Tanaka", "marketing", ""),
    ("Olga Bauer", "accounting", ""),
)
DIRECTORS = {
    ACCOUNTS: DIRECTOR,
    MEDIA: "Sam Osei",
    DESIGN: "Vera Holm",
    CONTENT: "Vera Holm",
    SALES: LEADER,
}
SPECIALISTS = {
    MEDIA: ("Filip Wolny", "Aisha Karim", "Noah Becker"),
    CONTENT: ("Greta Nyman", "Pablo Ortiz"),
    SALES: ("Marc Dubois", "Tess Waller"),
}
OWN_LOGIN = {"Ana Ruiz": "manager", "Leo Sato": "designer", LEADER: "leader", DIRECTOR: "director"}


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    role: str
    department: str
    started_on: date
    ended_on: date | None = None

    @property
    def email(self) -> str:
        name = OWN_LOGIN.get(self.name) or _ascii(self.name).lower().replace(" ", ".")
        return f"{name}@demo.example"


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    department: str
    founded_on: date
    managers: tuple[str, str]
    designer: str


@dataclass
class Teams:
    pods: list[Team]
    people: dict[str, Person] = field(default_factory=dict)
    members: list[tuple[str, str, date | None, date | None]] = field(default_factory=list)
    reorganised_on: date = date.min

    def founded_by(self, day: date) -> list[Team]:
        return [pod for pod in self.pods if pod.founded_on <= day]

    def pod(self, name: str) -> Team | None:
        return next((pod for pod in self.pods if pod.name == name), None)

    def id_of(self, name: str) -> str:
        return self.people[name].id


def teams(clients: int, months: list[date], today: date) -> Teams:
    """As many pods as the agency needs; `months` are the first days of its months."""
    count = max(2, min(len(PODS), round(clients / CLIENTS_OF_A_POD)))
    reorganised = months[int(REORGANISED * len(months))]
    names = _invented_names()
    pods = []
    for place, name in enumerate(PODS[:count]):
        managers = MANAGERS.get(name) or (next(names), next(names))
        designer = _designer(name) or next(names)
        founded = months[_founded(place, count, len(months))]
        department = MEDIA if name in ("Ember", "Fjord", "Garnet") else ACCOUNTS
        pods.append(Team(f"P-{place + 1:02}", name, department, founded, managers, designer))
    found = Teams(pods, reorganised_on=reorganised)
    _hire(found, months[0])
    return found


def _founded(place: int, count: int, months: int) -> int:
    """Two from the start, two when the agency is reorganised, the others one after another."""
    if place < 2:
        return 0
    if count >= 6 and place >= count - 2:
        return int(REORGANISED * months)
    return int(0.33 * months * (place - 1) / max(1, count - 4 if count >= 6 else count - 2))


def _hire(found: Teams, first: date) -> None:
    for name, role, department in OTHERS:
        _add(found, name, role, department, first - timedelta(days=400))
    for pod in found.pods:
        for name in pod.managers:
            late = name == "Per Lind"
            since = found.reorganised_on if late else pod.founded_on
            _add(found, name, "account_manager", ACCOUNTS, since - timedelta(days=20))
            found.members.append((pod.id, found.id_of(name), since if late else None, None))
        if pod.designer not in found.people:
            _add(found, pod.designer, "designer", DESIGN, pod.founded_on - timedelta(days=30))
        found.members.append((pod.id, found.id_of(pod.designer), None, None))
    cobalt = next(pod for pod in found.pods if pod.name == "Cobalt")
    _add(found, PREDECESSOR, "account_manager", ACCOUNTS, first, found.reorganised_on)
    found.members.append((cobalt.id, found.id_of(PREDECESSOR), None, found.reorganised_on))


def _add(
    found: Teams, name: str, role: str, department: str, start: date, end: date | None = None
) -> None:
    found.people[name] = Person(f"S-{len(found.people) + 1:03}", name, role, department, start, end)


def _designer(pod: str) -> str | None:
    return next((name for name, pods in DESIGNERS.items() if pod in pods), None)


def _invented_names() -> Iterator[str]:
    for step, given in enumerate(GIVEN * 3):
        yield f"{given} {FAMILY[(step * 7 + step // len(GIVEN)) % len(FAMILY)]}"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
