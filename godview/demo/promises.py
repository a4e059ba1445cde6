"""What was promised every week, and for 90 days, and how it went."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from godview.demo import halden
from godview.demo.life import Life
from godview.demo.teams import Teams
from godview.demo.texts import PROMISES, TACTICS
from godview.periods import WEEK, monday_of

Row = tuple[object, ...]
HITS = {
    "Iga Kowalska": 0.86, "Tom Brandt": 0.83, "Mba Okafor": 0.81, "Lena Haas": 0.84,
    "Ana Ruiz": 0.58, "Per Lind": 0.66, "Sofia Petrova": 0.84, "Jiwoo Ahn": 0.89,
    "Dana Novák": 0.77, "Rui Silva": 0.80, "Kaja Berg": 0.85, "Ed Marsh": 0.82,
    "Hana Yoon": 0.78, "Clara Vidal": 0.79,
}  # fmt: skip
USUAL_HITS = 0.81
WINS = {"Andes": 0.66, "Boreal": 0.6, "Cobalt": 0.38, "Delta": 0.7, "Ember": 0.52, "Fjord": 0.6}
WEEKS_IN_DETAIL = 13
TROUBLED, TROUBLED_WEEKS = "Orlo Coffee", (2, 2, 2, 3)
NO_GOALS_YET = "Mapleford HVAC"


class Promises:
    def __init__(
        self,
        lives: list[Life],
        teams: Teams,
        goals: dict[str, list[tuple[date, str]]],
        since: date,
        today: date,
        dice: random.Random,
    ) -> None:
        self.lives, self.teams, self.today, self.dice = lives, teams, today, dice
        self.goals = goals
        self.since = monday_of(since) + WEEK
        self.this_week = monday_of(today)

    # -- weekly goals ------------------------------------------

    def weekly_goals(self) -> Iterator[Row]:
        """Client, manager, week, text, status, when promised, the 90-day goal, note."""
        week = self.since
        while week <= self.this_week:
            for life in self.lives:
                if life.served_on(week) and not life.paused_on(week):
                    yield from self._week_of(life, week)
            week += WEEK

    def _week_of(self, life: Life, week: date) -> Iterator[Row]:
        manager = life.manager_on(week, self.teams.reorganised_on)
        goal = self._goal_served(life, week)
        if week == self.this_week and life.name == NO_GOALS_YET:
            return
        known = life.character.this_week if life.character and week == self.this_week else ()
        if known:
            for text, status in known:
                yield self._row(life, manager, week, text, status, goal)
            return
        weeks_ago = (self.this_week - week).days // 7
        if life.name == TROUBLED and 0 < weeks_ago <= len(TROUBLED_WEEKS):
            yield from self._troubled(life, manager, week, weeks_ago, goal)
            return
        if life.name == halden.NAME and 0 < weeks_ago <= len(halden.WEEKS):
            yield from self._halden(life, manager, week, weeks_ago, goal)
            return
        detailed = weeks_ago < WEEKS_IN_DETAIL
        count = self.dice.choices((1, 2, 3), (15, 60, 25) if detailed else (70, 28, 2))[0]
        for place, text in enumerate(self.dice.sample(PROMISES, count)):
            # The last weeks began well: who missed half all the same is an exception.
            begins_well = place == 0 and weeks_ago in (1, 2, 3)
            status = "met" if begins_well else self._result(manager, week)
            yield self._row(life, manager, week, text, status, goal)
        if detailed and self.dice.random() < 0.03 and week < self.this_week:
            late = f"{week + timedelta(days=2)} 15:{self.dice.randint(10, 59)}"
            text = "Asked on Wednesday: " + self.dice.choice(PROMISES).lower()
            yield self._row(life, manager, week, text, "met", "", late)

    def _row(
        self, life: Life, manager: str, week: date, text: str, status: str, goal: str, at: str = ""
    ) -> Row:
        return life.id, self.teams.id_of(manager), week, text, status, at, goal

    def _troubled(
        self, life: Life, manager: str, week: date, weeks_ago: int, goal: str
    ) -> Iterator[Row]:
        """Two of nine goals hit in four weeks."""
        for place in range(TROUBLED_WEEKS[weeks_ago - 1]):
            status = "met" if place == 0 and weeks_ago in (2, 4) else "missed"
            text = PROMISES[(weeks_ago * 3 + place) % len(PROMISES)]
            yield self._row(life, manager, week, text, status, goal)

    def _halden(
        self, life: Life, manager: str, week: date, weeks_ago: int, goal: str
    ) -> Iterator[Row]:
        hits, count = halden.WEEKS[-weeks_ago]
        for place in range(count):
            text = PROMISES[(weeks_ago * 3 + place) % len(PROMISES)]
            yield self._row(life, manager, week, text, "met" if place < hits else "missed", goal)

    def _result(self, manager: str, week: date) -> str:
        hits = HITS.get(manager, USUAL_HITS)
        if week == self.this_week:
            done = max(0.05, (self.today.weekday()) * 0.15)
            if self.dice.random() > done:
                return "open"
        if week < self.this_week - 26 * timedelta(days=7):
            hits -= 0.08
        dice = self.dice.random()
        if dice < hits:
            return "met"
        rest = (dice - hits) / (1 - hits)
        return "missed" if rest < 0.88 else "postponed" if rest < 0.96 else "deleted"

    def _goal_served(self, life: Life, week: date) -> str:
        """Three in four weeks serve the client's 90-day goal; the others openly none."""
        if self.dice.random() < 0.25:
            return ""
        for start, name in self.goals.get(life.id, ()):
            if start <= week < start + timedelta(days=90):
                return name
        return ""

    # -- tactics ------------------------------------------

    def tactics(self) -> Iterator[Row]:
        """Client, manager, name, start, end, outcome, metric, threshold, window."""
        for life in self.lives:
            if life.name == halden.NAME:
                yield from halden.tactics(life.id, self.teams.id_of(life.manager), self.today)
                continue
            for spell in life.spells:
                day = max(spell.start, self.since) + timedelta(days=self.dice.randint(5, 30))
                last = spell.end or self.today
                while day < last:
                    yield from self._tactic(life, day, last)
                    day += timedelta(days=self.dice.randint(30, 75))

    def _tactic(self, life: Life, day: date, last: date) -> Iterator[Row]:
        name, metric, threshold, window = self.dice.choice(TACTICS)
        manager = self.teams.id_of(life.manager_on(day, self.teams.reorganised_on))
        end = day + timedelta(days=window + self.dice.randint(0, 6))
        outcome: str = "running"
        if end <= last:
            wins = WINS.get(life.pod, 0.56)
            shares = (wins * 0.72, (1 - wins) * 0.72, 0.28)
            outcome = self.dice.choices(("win", "loss", "inconclusive"), shares)[0]
        elif last < self.today:
            outcome, end = "inconclusive", last  # the client left before it could be judged
        ended = end if outcome != "running" else ""
        yield life.id, manager, name, day, ended, outcome, metric, threshold, window
