"""90-day goals, and what their number was on the way."""

import random
from collections import Counter
from datetime import date, timedelta

from godview.demo import halden
from godview.demo.cast import Pace
from godview.demo.life import Life
from godview.demo.teams import Teams
from godview.demo.words import TRADES

Row = tuple[object, ...]
DAYS = 90
EVERY = 14
# Of each pod's clients: off pace, behind, too new to judge; the others are on pace.
PACES = {
    "Andes": (1, 2, 1), "Boreal": (1, 3, 1), "Cobalt": (5, 5, 1), "Delta": (1, 2, 1),
    "Ember": (2, 4, 1), "Fjord": (1, 3, 1), "Garnet": (2, 5, 0),
}  # fmt: skip
USUAL_PACES = (1, 3, 1)
SHOWN: tuple[Pace, ...] = ("off", "behind", "new")
CLIENTS_OF_A_POD = 23
RATIOS: dict[Pace, tuple[float, float]] = {
    "off": (0.45, 0.76), "behind": (0.82, 0.93), "on": (0.98, 1.25), "new": (0.7, 1.2),
}  # fmt: skip


class Goals:
    def __init__(
        self, lives: list[Life], teams: Teams, since: date, today: date, dice: random.Random
    ) -> None:
        self.teams, self.since, self.today, self.dice = teams, since, today, dice
        self.lives = lives
        self.goals: list[Row] = []
        self.readings: list[Row] = []

    def play(self) -> None:
        paces = self._paces_today()
        for life in self.lives:
            for spell in life.spells:
                until = spell.end or self.today
                if spell.end is None and not life.paused_on(self.today):
                    until = self._current(life, paces[life.id])
                self._past(life, max(spell.start, self.since), until)

    def _paces_today(self) -> dict[str, Pace]:
        """As many off pace in each pod as everybody knows, the cast as it is known."""
        found: dict[str, Pace] = {}
        for pod in {life.pod: None for life in self.lives}:
            judged = [
                life
                for life in self.lives
                if life.pod == pod and life.is_served and not life.paused_on(self.today)
            ]
            found |= self._paces_of(pod, judged)
        return found

    def _paces_of(self, pod: str, judged: list[Life]) -> dict[str, Pace]:
        found: dict[str, Pace] = {}
        for life in judged:
            if self._is_new(life):
                found[life.id] = "new"
            elif life.character:
                found[life.id] = life.character.pace
        known = Counter(found.values())
        wanted: list[Pace] = []
        for pace, share in zip(SHOWN, PACES.get(pod, USUAL_PACES), strict=True):
            count = round(share * len(judged) / CLIENTS_OF_A_POD)
            wanted += [pace] * max(0, count - known[pace])
        others = [life for life in judged if life.id not in found]
        self.dice.shuffle(others)
        wanted += ["on"] * (len(others) - len(wanted))
        return found | {life.id: pace for life, pace in zip(others, wanted, strict=False)}

    def _is_new(self, life: Life) -> bool:
        return (self.today - life.spells[-1].start).days < 15

    # -- the goal of now ------------------------------------------

    def _current(self, life: Life, pace: Pace) -> date:
        """Returns the day on which it began."""
        if life.name == halden.NAME:
            return self._halden(life)
        age = (self.today - life.spells[-1].start).days
        days = self.dice.randint(0, 12) if pace == "new" else self.dice.randint(20, 80)
        if life.character and pace != "new":
            days = halden.GOAL_DAY
        days = min(days, age)
        start = self.today - timedelta(days=days)
        name, unit, first, last = self._number(life)
        self._goal(life, name, unit, first, last, start)
        ratio = self.dice.uniform(*RATIOS[pace])
        self._read(life, name, first, last, start, self.today, ratio * days / DAYS)
        return start

    def _halden(self, life: Life) -> date:
        start = self.today - timedelta(days=halden.GOAL_DAY)
        name, unit, first, last = self._number(life)
        self._goal(life, name, unit, first, last, start)
        for days, value in halden.READINGS:
            self._reading(life, name, start + timedelta(days=days), value)
        for name, unit, first, last, ratio in halden.OTHER_GOALS:
            self._goal(life, name, unit, first, last, start, matters_most=False)
            share = ratio * halden.GOAL_DAY / DAYS
            self._read(life, name, first, last, start, self.today, share)
        return start

    # -- goals that are over ------------------------------------------

    def _past(self, life: Life, first_day: date, until: date) -> None:
        """Backwards, one before the other, as far as the client was there."""
        over = until - timedelta(days=self.dice.randint(0, 5))
        while (start := over - timedelta(days=DAYS)) >= first_day:
            name, unit, first, last = self._number(life)
            weak = life.pod == "Cobalt"
            final = self.dice.uniform(0.5, 1.05) if weak else self.dice.uniform(0.75, 1.2)
            if life.name == halden.NAME:
                final = 1.04
            self._goal(life, name, unit, first, last, start)
            self._read(life, name, first, last, start, over - timedelta(days=2), final)
            over = start - timedelta(days=self.dice.randint(0, 5))

    def running(self) -> dict[str, list[tuple[date, str]]]:
        """Of each client, the goal that matters most, and since when, newest first."""
        found: dict[str, list[tuple[date, str]]] = {}
        for client, name, _, _, _, start, most, _ in self.goals:
            if most == "yes" and isinstance(start, date):
                found.setdefault(str(client), []).append((start, str(name)))
        return {client: sorted(goals, reverse=True) for client, goals in found.items()}

    # -- rows ------------------------------------------

    def _number(self, life: Life) -> tuple[str, str, float, float]:
        if life.character:
            return life.character.goal
        _, name, unit, first, last = TRADES[life.trade]
        size = 0.7 + int(life.id[2:]) % 7 / 10
        digits = 1 if last < 10 else 0
        return name, unit, round(first * size, digits), round(last * size, digits)

    def _goal(
        self, life: Life, name: str, unit: str, first: float, last: float, start: date,
        matters_most: bool = True,
    ) -> None:  # fmt: skip
        manager = life.manager_on(start, self.teams.reorganised_on)
        most = "yes" if matters_most else "no"
        self.goals.append(
            (life.id, name, unit, first, last, start, most, self.teams.id_of(manager))
        )

    def _read(
        self, life: Life, name: str, first: float, last: float, start: date, until: date,
        share: float,
    ) -> None:  # fmt: skip
        """From the baseline to a share of the way, every two weeks and on the last day."""
        days = max(0, (until - start).days)
        if days == 0:
            return
        when = sorted({*range(EVERY, days, EVERY), days})
        for day in when:
            noise = self.dice.uniform(-0.03, 0.03) if day != days else 0
            way = share * day / days + noise
            value = first + (last - first) * way
            self._reading(life, name, start + timedelta(days=day), round(value, 2))

    def _reading(self, life: Life, name: str, day: date, value: float) -> None:
        manager = life.manager_on(day, self.teams.reorganised_on)
        self.readings.append((life.id, name, day, value, self.teams.id_of(manager)))
