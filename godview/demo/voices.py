"""What the demo agency's clients said about it, and how their managers marked their weeks."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from godview.demo.life import Life
from godview.demo.teams import Teams
from godview.periods import WEEK, monday_of

Row = tuple[object, ...]
WEEKS_MARKED = 26
MARKED = 0.93
# Green, yellow and red weeks of a hundred, by how the client does.
LIGHTS = {"on": (70, 25, 5), "behind": (42, 38, 20), "off": (22, 40, 38), "new": (55, 40, 5)}
LEAVING = (25, 35, 40)
WHY_RED = (
    "Two goals missed, the new form is late",
    "Cost per lead rose by a fifth",
    "Tracking was broken for three days",
    "They rejected the landing page again",
    "No answer to our questions for a week",
    "Budget was cut in the middle of the test",
)
# How likely each sort of client is to recommend us: weights of the scores 0 to 10.
SCORES = {
    "on": (0, 0, 0, 0, 0, 0, 1, 13, 22, 35, 29),
    "behind": (0, 0, 0, 0, 0, 1, 5, 27, 32, 23, 12),
    "off": (1, 2, 3, 6, 8, 14, 18, 22, 14, 8, 4),
}
COMMENTS = {
    9: ("Quick, and always an answer", "They know our business by now"),
    7: ("Good work, reports could be shorter", "We would like more ideas of yours"),
    0: ("We hear too little from you", "The numbers did not move this quarter"),
}
NPS_ROUNDS = (45, 410, 775)  # days ago
CSI_ROUND = 200
ASPECTS = (("quality", 5, 4.2), ("speed", 3, 3.6), ("contact", 4, 4.3))
ANSWERED = 0.62


class Voices:
    """`people` are the rows of the contacts file; the weeks of `minor` clients get no light."""

    def __init__(
        self,
        lives: Sequence[Life],
        teams: Teams,
        people: Sequence[Row],
        minor: frozenset[str],
        today: date,
        dice: random.Random,
    ) -> None:
        self.lives, self.teams, self.today, self.dice = lives, teams, today, dice
        self.minor = minor
        self.people = {str(client): str(name) for client, name, _, decides in people
                       if decides == "yes"}  # fmt: skip

    # -- lights

    def lights(self) -> Iterator[Row]:
        """The last weeks that are over, Friday afternoon; now and then a manager forgets."""
        this_week = monday_of(self.today)
        for back in range(WEEKS_MARKED, 0, -1):
            monday = this_week - WEEK * back
            for life in self.lives:
                if life.id in self.minor or not self._worked_for(life, monday):
                    continue
                if self.dice.random() < MARKED:
                    yield self._light(life, monday)

    def _worked_for(self, life: Life, monday: date) -> bool:
        days = (monday, monday + timedelta(days=6))
        return all(life.served_on(day) and not life.paused_on(day) for day in days)

    def _light(self, life: Life, monday: date) -> Row:
        friday = monday + timedelta(days=4)
        left = life.spells[-1].end
        leaving = left is not None and timedelta() <= left - monday < WEEK * 8
        weights = LEAVING if leaving else LIGHTS[self._mood(life)]
        color = self.dice.choices(("green", "yellow", "red"), weights)[0]
        note = self.dice.choice(WHY_RED) if color == "red" and self.dice.random() < 0.85 else ""
        staff = self.teams.id_of(life.manager_on(friday, self.teams.reorganised_on))
        at = f"{friday} {self.dice.randint(14, 17)}:{self.dice.randint(10, 59)}"
        return life.id, monday, color, note, staff, at

    def _mood(self, life: Life) -> str:
        if life.character:
            return life.character.pace
        return "behind" if life.pod == "Cobalt" else "on"

    # -- surveys

    def surveys(self) -> Iterator[Row]:
        for days in reversed(NPS_ROUNDS):
            sent = self.today - timedelta(days=days)
            for life in self._asked_on(sent):
                yield (f"NPS {sent.year}", "nps", life.id, self.people[life.id], sent,
                       *self._answer(life, sent))  # fmt: skip
        sent = self.today - timedelta(days=CSI_ROUND)
        for life in self._asked_on(sent):
            yield f"CSI {sent.year}", "csi", life.id, self.people[life.id], sent, "", "", ""

    def ratings(self) -> Iterator[Row]:
        sent = self.today - timedelta(days=CSI_ROUND)
        for life in self._asked_on(sent):
            if self.dice.random() > ANSWERED:
                continue
            day = sent + timedelta(days=self.dice.randint(0, 9))
            for aspect, weight, mean in ASPECTS:
                if self.dice.random() < 0.95:
                    liked = mean - (0.5 if self._mood(life) == "off" else 0)
                    score = max(1, min(5, round(self.dice.gauss(liked, 0.8))))
                    yield (f"CSI {sent.year}", life.id, self.people[life.id], aspect, day, score,
                           weight, 5)  # fmt: skip

    def _asked_on(self, day: date) -> list[Life]:
        return [life for life in self.lives if life.served_on(day) and life.id in self.people]

    def _answer(self, life: Life, sent: date) -> tuple[object, object, str]:
        if self.dice.random() > ANSWERED:
            return "", "", ""
        weights = SCORES["on" if self._mood(life) == "new" else self._mood(life)]
        score = self.dice.choices(range(11), weights)[0]
        level = 9 if score >= 9 else 7 if score >= 7 else 0
        comment = self.dice.choice(COMMENTS[level]) if self.dice.random() < 0.3 else ""
        return sent + timedelta(days=self.dice.randint(0, 12)), score, comment
