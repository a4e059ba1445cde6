"""Tests on the clients' websites: won, lost, level, running, and one that was counted wrong."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from godview.demo.life import Life
from godview.demo.teams import Teams
from metrics.formulas.proportions import sample_size

Row = tuple[object, ...]
Ending = Literal["won", "lost", "level", "almost", "running", "early", "invalid", "stopped"]
A_WEEK = 7
# How far from what was worth finding the variant is, and how much of the sample it has by today.
LIFTS: dict[Ending, tuple[float, float]] = {
    "won": (0.95, 1.25), "lost": (-1.2, -0.9), "level": (-0.3, 0.35), "almost": (1.05, 1.2),
    "running": (-0.2, 0.5), "early": (0.3, 1.5), "invalid": (0.5, 1.0), "stopped": (0.1, 0.6),
}  # fmt: skip
SAMPLES: dict[Ending, float] = {"almost": 0.62, "running": 0.44, "early": 0.04, "stopped": 0.35}
WHY_STOPPED = "The client moved to another shop system."


class Told(NamedTuple):
    pod: str
    client: str  # empty: one of the pod's
    name: str
    metric: str
    base: float
    lift: float  # worth finding, in points
    story: Ending
    ended: int  # days ago it had its sample; for those that go on, 0
    days: int
    rule: str = "fixed"
    variants: tuple[str, ...] = ("Variant",)


TESTS = (
    Told("Cobalt", "Arbor & Finch", "Sticky add-to-cart", "Add to cart", 0.22, 0.02, "won", 9, 28),
    Told("Cobalt", "Brightwater", "Two-step intake form", "Form sent", 0.24, 0.024, "won", 16, 35),
    Told("Cobalt", "Koro Ceramics", "UGC hero video", "Checkout start", 0.26, 0.022, "won", 23, 21),
    Told("Cobalt", "Halden Dental", "Shorter booking form", "Booking", 0.2, 0.02, "almost", 0, 24),
    Told("Cobalt", "Mesa Outdoor", "Price per day shown", "Add to cart",
         0.22, 0.02, "level", 30, 30),
    Told("Cobalt", "Tindra Skincare", "Quiz before product page", "Purchase",
         0.12, 0.012, "level", 41, 30),
    Told("Cobalt", "Juniper Legal", "Chat opens after 20 s", "Lead", 0.18, 0.018, "early", 0, 6),
    Told("Cobalt", "Glasshouse Spa", "Gift card on the first screen", "Booking",
         0.2, 0.02, "won", 75, 28),
    Told("Cobalt", "Casa Lumen", "Free returns in the header", "Purchase",
         0.12, 0.012, "lost", 96, 28),
    Told("Cobalt", "Ferro Bikes", "Map instead of a list", "Test ride",
         0.2, 0.022, "won", 120, 35),
    Told("Cobalt", "Lindqvist Boats", "Video on the boat page", "Visit booked",
         0.16, 0.018, "won", 160, 42),
    Told("Cobalt", "Nettle & Co", "Trial without a card", "Trial begun",
         0.25, 0.024, "lost", 205, 28),
    Told("Cobalt", "Oyster Bay Inn", "Price beside the photo", "Room booked",
         0.14, 0.016, "invalid", 55, 28),
    Told("Ember", "Kestrel Freight", "Quote form on home", "Quote asked",
         0.24, 0.028, "lost", 13, 42),
    Told("Ember", "Mapleford HVAC", "Same-day badge", "Survey booked",
         0.22, 0.022, "almost", 0, 18, "sequential"),
    Told("Ember", "", "Reviews above the fold", "Lead", 0.18, 0.018, "won", 62, 28, "sequential"),
    Told("Garnet", "Orlo Coffee", "Subscription preselected", "Purchase",
         0.12, 0.012, "lost", 20, 28),
    Told("Garnet", "", "Shorter checkout", "Purchase", 0.12, 0.012, "won", 88, 35),
    Told("Garnet", "", "Delivery date shown", "Purchase", 0.12, 0.012, "lost", 140, 28),
    Told("Garnet", "", "Bundle of three", "Add to cart",
         0.22, 0.02, "level", 170, 21, "fixed", ("Cheaper", "With a gift")),
    Told("Fjord", "Pinecrest Vets", "Photo of the vet team", "Booking",
         0.2, 0.02, "running", 0, 12),
    Told("Fjord", "", "Phone number in the menu", "Call", 0.2, 0.02, "won", 47, 28),
    Told("Boreal", "", "Emergency banner", "Call", 0.2, 0.02, "lost", 110, 28),
    Told("Boreal", "", "Prices as from", "Lead", 0.18, 0.018, "stopped", 33, 20),
    Told("Andes", "", "One question a page", "Form sent", 0.24, 0.024, "won", 11, 28),
    Told("Andes", "", "Trust seals by the button", "Purchase", 0.12, 0.012, "level", 37, 28),
    Told("Andes", "", "Headline with the price", "Lead", 0.18, 0.018, "won", 58, 28),
    Told("Andes", "", "Two photos or one", "Add to cart", 0.22, 0.02, "won", 83, 21),
    Told("Andes", "", "Countdown of the offer", "Purchase", 0.12, 0.012, "lost", 101, 28),
    Told("Delta", "", "Chat in the evening", "Lead", 0.18, 0.018, "won", 19, 35),
    Told("Delta", "", "Larger form fields", "Form sent", 0.24, 0.024, "won", 69, 21),
    Told("Delta", "", "Story of the founder", "Lead", 0.18, 0.018, "lost", 132, 28),
    Told("Delta", "", "Search in the middle", "Purchase",
         0.12, 0.012, "won", 180, 35, "fixed", ("Wide", "Narrow")),
    Told("Delta", "", "Question before the price", "Lead", 0.18, 0.018, "running", 0, 15),
)  # fmt: skip


class Experiments:
    """The same dice give the same tests; a pod that is not there has none."""

    def __init__(self, lives: list[Life], teams: Teams, today: date, dice: random.Random) -> None:
        self.lives, self.teams, self.today, self.dice = lives, teams, today, dice
        self.plans: list[Row] = []
        self.readings: list[Row] = []

    def play(self) -> None:
        for test in TESTS:
            pod = self.teams.pod(test.pod)
            start = self.today - timedelta(days=test.ended + test.days)
            life = self._client(test, start)
            if pod is not None and life is not None:
                self._tell(test, life, self.teams.id_of(pod.designer), start)

    def _client(self, test: Told, start: date) -> Life | None:
        """The one that was named, or one of the pod's, if it was served all that time."""
        taken = {row[0] for row in self.plans}
        fit = [
            life
            for life in self.lives
            if life.pod == test.pod
            and life.served_on(start)
            and life.served_on(self.today)
            and (life.name == test.client if test.client else not life.character)
        ]
        fresh = [life for life in fit if life.id not in taken] or fit
        return self.dice.choice(fresh) if fresh else None

    def _tell(self, test: Told, life: Life, designer: str, start: date) -> None:
        planned = sample_size(test.base, test.base + test.lift)
        stopped = self.today - timedelta(days=test.ended) if test.story == "stopped" else ""
        arms = ("As it is", *test.variants)
        note = WHY_STOPPED if stopped else ""
        self.plans.append(
            (life.id, test.name, " | ".join(arms), designer, test.metric, test.rule, "0.05", "0.8",
             f"{test.base:.4f}", f"{test.lift:.4f}", planned, start, stopped, note)
        )  # fmt: skip
        rates = [test.base, *(self._rate(test, place) for place in range(len(test.variants)))]
        share = SAMPLES.get(test.story, 1.02)
        for place, (arm, rate) in enumerate(zip(arms, rates, strict=True)):
            more = 1.09 if test.story == "invalid" and place else self.dice.uniform(1, 1.006)
            visitors = planned * share * more
            for day, part in _looks(test.days):
                counted = round(visitors * part)
                self.readings.append(
                    (life.id, test.name, arm, start + timedelta(days=day), counted,
                     round(counted * rate))
                )  # fmt: skip

    def _rate(self, test: Told, place: int) -> float:
        low, high = LIFTS[test.story] if place == 0 else LIFTS["level"]
        return test.base + test.lift * self.dice.uniform(low, high)


def _looks(days: int) -> Iterator[tuple[int, float]]:
    """A reading a week, and one on the last day, with the share of the visitors by then."""
    for day in [*range(A_WEEK, days, A_WEEK), days]:
        yield day, day / days
