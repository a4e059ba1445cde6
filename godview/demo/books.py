"""What the demo agency's clients could buy, cost and were asked to pay, and who said no."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from godview.demo.life import Life
from godview.demo.money import Price
from godview.periods import Period, add_months, closed_months

Row = tuple[object, ...]
MONTHS_KEPT = 12
AN_HOUR = 48
SERVICES = (
    "PPC", "Paid social", "SEO", "Dedicated specialist", "Landing pages", "Landing page build",
    "Analytics support", "E-mail marketing", "Video",
)  # fmt: skip
# name, trade, reason, brand, capacity and pitch from 1 to 5 (none: not judged), months ago
REFUSED = (
    ("Vantage Airlines", "Travel", "tender", 5, 5, 3, 14),
    ("Solvik Energy", "Energy", "price", 4, 5, 4, 11),
    ("Orchid Hotels", "Hospitality", "competitor", 5, 4, 3, 9),
    ("Bluepeak Bank", "Finance", "in_house", 5, 5, 1, 18),
    ("Tessera Homes", "Real estate", "later", 3, 4, 5, 5),
    ("Alpina Foods", "Food and drink", "silence", 4, 3, 2, 7),
    ("Novia Fashion", "Fashion", "price", 4, 3, 4, 3),
    ("Kontur Logistics", "Logistics", "competitor", 3, 4, 3, 16),
    ("Lyra Audio", "Retail", "we_declined", 2, 2, 4, 12),
    ("Pergola Garden", "Retail", "later", 2, 3, None, 2),
)


class Books:
    """Counted from the prices of the clients, for the last twelve closed months."""

    def __init__(
        self, lives: Sequence[Life], prices: Sequence[Price], today: date, dice: random.Random
    ) -> None:
        self.lives, self.today, self.dice = lives, today, dice
        self.months = closed_months(today, MONTHS_KEPT)
        self.prices: dict[str, list[Price]] = {}
        for price in prices:
            self.prices.setdefault(price.life.id, []).append(price)

    def _fee(self, life: Life, day: date) -> float:
        """A month, in the client's own currency."""
        if not life.served_on(day) or life.paused_on(day):
            return 0
        mine = self.prices.get(life.id, ())
        return sum(p.monthly for p in mine if p.start <= day and (p.end is None or day < p.end))

    def services(self) -> Iterator[Row]:
        for name in SERVICES:
            yield name, self.months[6].start if name == "Video" else ""

    def capacities(self) -> Iterator[Row]:
        for life in self.lives:
            fee = self._fee(life, self.today)
            if fee and self.dice.random() < 0.92:
                year = 12 * fee * self.dice.choice((1.0, 1.2, 1.5, 2.0, 3.0, 4.5))
                since = max(life.spells[-1].start, self.months[0].start)
                yield life.id, since, round(year / 1000) * 1000, life.currency

    def invoices(self) -> Iterator[Row]:
        for month in self.months:
            for life in self.lives:
                fee = round(self._fee(life, month.start))
                if not fee:
                    continue
                due = month.start + timedelta(days=14)
                paid = due + timedelta(days=self._days_late(life))
                yield (
                    life.id, f"{month.start:%Y-%m}/{life.id[2:]}", month.start, due,
                    paid if paid < self.today else "", fee, life.currency,
                )  # fmt: skip

    def _days_late(self, life: Life) -> int:
        """Four of five pay in time; one client in forty lets us wait for months."""
        if int(life.id[2:]) % 40 == 4:
            return self.dice.randint(20, 90)
        return self.dice.randint(-9, 0) if self.dice.random() < 0.84 else self.dice.randint(1, 18)

    def costs(self) -> Iterator[Row]:
        for month in self.months:
            last = month.end - timedelta(days=1)
            served = [life for life in self.lives if self._fee(life, month.start)]
            for life in served:
                yield self._time(life, month, last)
                if int(life.id[2:]) % 4 == 0:
                    passed = round(self._fee(life, month.start) * 0.06)
                    yield life.id, last, "pass_through", passed, life.currency, "", "Tools for them"
            yield from self._keeping(served, last)
            size = len(served)
            yield "", last, "payroll", 115 * size, "EUR", "", "Account managers' time for care"
            yield "", last, "fixed_share", 12 * size, "EUR", "", "Share of tools and rent"
            yield "", last, "sales", 6200, "EUR", "", "Pitches"
            yield "", last, "advertising", 1800 + 100 * (month.start.month % 4), "EUR", "", ""

    def _time(self, life: Life, month: Period, last: date) -> Row:
        share = self.dice.uniform(0.42, 0.66) + (0.2 if int(life.id[2:]) % 13 == 6 else 0)
        hours = max(4, round(self._fee(life, month.start) * share / AN_HOUR))
        return life.id, last, "time", hours * AN_HOUR, life.currency, hours, ""

    def _keeping(self, served: Sequence[Life], last: date) -> Iterator[Row]:
        for life in self.dice.sample(served, min(len(served), max(1, len(served) // 20))):
            kind, note = self.dice.choice(
                (("gift", "A book and a card"), ("event", "Seats at the conference"),
                 ("discount", "Half a month free"), ("extra", "Banner set, not charged"))
            )  # fmt: skip
            yield life.id, last, kind, self.dice.randrange(60, 420, 20), "EUR", "", note

    def refusals(self, salesperson: str) -> Iterator[Row]:
        for number, (_, _, reason, brand, capacity, pitch, months) in enumerate(REFUSED, start=1):
            day = add_months(self.today, -months) - timedelta(days=number)
            remind = self.today + timedelta(days=9 * number) if pitch and pitch > 2 else ""
            yield (
                f"P-{number:03}", day, reason, brand, capacity, pitch or "", salesperson, remind,
            )  # fmt: skip


def prospects() -> list[Row]:
    """Firms that never became clients, as rows of the file of clients."""
    return [
        (f"P-{n:03}", name, trade, "", "", "", "", "prospect", "no", "")
        for n, (name, trade, *_) in enumerate(REFUSED, start=1)
    ]
