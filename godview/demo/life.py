"""One client's time with the agency."""

from dataclasses import dataclass, field
from datetime import date

from godview.demo.cast import Character


@dataclass
class Spell:
    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass
class Life:
    id: str
    name: str
    trade: str
    country: str
    time_zone: str
    pod: str
    manager: str
    spells: list[Spell]
    character: Character | None = None
    pauses: list[tuple[date, date | None, str]] = field(default_factory=list)
    first_home: tuple[str, str] | None = None
    """Pod and manager until the agency was reorganised, where others answered for the client."""

    @property
    def start(self) -> date:
        return self.spells[0].start

    @property
    def currency(self) -> str:
        return "USD" if self.country == "US" else "EUR"

    @property
    def is_served(self) -> bool:
        return self.spells[-1].end is None

    def served_on(self, day: date) -> bool:
        return any(spell.covers(day) for spell in self.spells)

    def paused_on(self, day: date) -> bool:
        return any(start <= day and (end is None or day < end) for start, end, _ in self.pauses)

    def manager_on(self, day: date, reorganised_on: date) -> str:
        if self.first_home and day < reorganised_on:
            return self.first_home[1]
        return self.manager
