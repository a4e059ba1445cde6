"""Signed expectation agreements, and what clients owe us under them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from godview.demo import halden
from godview.demo.life import Life
from godview.demo.teams import Teams
from godview.demo.words import FAMILY, GIVEN

TITLE = "Expectation agreement"
INTRODUCTION = "So that we can do our best work for you, both of us keep to a few rules."
RULES: tuple[tuple[str, str, int | None], ...] = (
    ("reply", "You answer our questions within one business day.", 1),
    ("attend", "You are on time for our calls, or tell us the day before.", None),
    ("proceed", "Without an answer we go ahead with what we think best.", None),
    ("other", "90-day goals stay as agreed until they are over.", None),
)
SECOND_VERSION_RULE = (
    "other",
    "You see the goals of every week by Monday evening, and we tell you openly what was missed.",
    None,
)
QUESTIONS = (
    "Which of the two headlines do you prefer?",
    "May we publish the new landing page?",
    "Please send the photos of the team.",
    "Do you agree with next month's budget?",
    "Who answers the calls on Saturdays?",
    "Please give us access to the shop's data.",
    "Are the prices on the page still right?",
)
ANSWERS = ("Yes, go ahead.", "The first one.", "Sent by e-mail.", "Agreed.", "Please wait a week.")
NORTHBAY = "Northbay Legal"


@dataclass(frozen=True)
class Signature:
    client: str
    version: int
    signed_on: date
    signer: str


@dataclass(frozen=True)
class Question:
    client: str
    text: str
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None = None
    answer: str = ""


class Agreements:
    def __init__(
        self, lives: list[Life], teams: Teams, since: date, today: date, dice: random.Random
    ) -> None:
        self.teams, self.today, self.dice = teams, today, dice
        self.served = [life for life in lives if life.is_served]
        self.first_version = since
        self.second_version = since + (today - since) / 2

    def signatures(self) -> Iterator[Signature]:
        for life in self.served:
            if self.dice.random() < 0.13 and not life.character:
                continue
            day = max(life.spells[-1].start, self.first_version + timedelta(days=14))
            if day > self.today:
                continue
            signer = f"{self.dice.choice(GIVEN)} {self.dice.choice(FAMILY)}"
            version = 2 if day >= self.second_version else 1
            yield Signature(life.id, version, day, signer)

    def questions(self) -> Iterator[Question]:
        for life in self.served:
            if life.name in (halden.NAME, NORTHBAY):
                yield self._unanswered(life)
            for _ in range(self.dice.choices((0, 1, 2), (35, 45, 20))[0]):
                days = self.dice.randint(6, 55)
                day = self.today - timedelta(days=days)
                if day.weekday() < 5 and life.served_on(day) and not life.paused_on(day):
                    yield self._answered(life, day)

    def _unanswered(self, life: Life) -> Question:
        """One by yesterday noon, one for days: the agreement says to carry on without it."""
        if life.name == halden.NAME:
            text, day, clock = "Approve the new booking form.", 1, time(11, 22)
        else:
            text, day, clock = "May we pause the divorce campaign?", 3, time(10, 30)
        return Question(
            life.id, text, datetime.combine(self._working_day_ago(day), clock), self._manager(life)
        )

    def _answered(self, life: Life, day: date) -> Question:
        asked = datetime.combine(day, time(self.dice.randint(9, 15), self.dice.randint(0, 59)))
        hours = self.dice.choices((3, 20, 30, 75), (45, 30, 12, 13))[0]
        answered = asked + timedelta(hours=hours, minutes=self.dice.randint(0, 59))
        text, answer = self.dice.choice(QUESTIONS), self.dice.choice(ANSWERS)
        return Question(life.id, text, asked, self._manager(life), answered, answer)

    def _manager(self, life: Life) -> str:
        return self.teams.id_of(life.manager)

    def _working_day_ago(self, count: int) -> date:
        day = self.today
        while count:
            day -= timedelta(days=1)
            count -= day.weekday() < 5
        return day
