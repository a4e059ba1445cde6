"""What every client pays, when the price changed, and what a dollar was worth."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from godview.demo.life import Life, Spell
from godview.periods import add_months

ARPA = 3750
MONTHS_IN_ONE = {"month": 1.0, "quarter": 3.0, "half_year": 6.0, "year": 12.0, "week": 12 / 52}
SERVICES = (
    ("PPC", "retainer", 74),
    ("Paid social", "retainer", 11),
    ("SEO", "fixed_price", 11),
    ("Dedicated specialist", "out_staff", 4),
)
RATES = (0.92, 0.93, 0.91, 0.92, 0.94, 0.93, 0.91, 0.90, 0.92, 0.91, 0.89, 0.90, 0.92, 0.93)


@dataclass(frozen=True)
class Price:
    """One fee at one price, as it is written in a file."""

    life: Life
    service: str
    start: date
    end: date | None
    amount: int
    per: str = "month"
    finance_model: str = "retainer"

    @property
    def row(self) -> tuple[object, ...]:
        return (
            self.life.id, self.service, self.start, self.end or "", self.amount,
            self.life.currency, self.per, self.finance_model,
        )  # fmt: skip

    @property
    def monthly(self) -> float:
        if self.per == "once" or self.finance_model == "time_and_materials":
            return 0
        return self.amount / MONTHS_IN_ONE[self.per]


class PriceList:
    def __init__(self, today: date, dice: random.Random) -> None:
        self.today, self.dice = today, dice
        self.dollar = RATES[-1]

    def of(self, lives: list[Life]) -> list[Price]:
        """Every fee there was, so that today's average is what the agency is known for."""
        prices = [price for life in lives for price in self._of(life)]
        prices = self._changed_lately(prices)
        known = sum(self._worth(price) for price in prices if price.life.character)
        others = sum(self._worth(price) for price in prices if not price.life.character)
        paying = {p.life.id for p in prices if self._worth(p) > 0}
        scale = (ARPA * len(paying) - known) / others if others > 0 else 1
        return [self._scaled(price, scale) for price in prices]

    def rates(self, first: date) -> Iterator[tuple[object, ...]]:
        start, number = add_months(first.replace(day=1), -1), 0
        quarters = []
        while start <= self.today:
            quarters.append(start)
            start = add_months(start, 3)
        for number, day in enumerate(quarters):
            yield "USD", day, RATES[(number - len(quarters)) % len(RATES)]

    def _worth(self, price: Price) -> float:
        """In euros a month, today."""
        in_force = price.start <= self.today and (price.end is None or price.end > self.today)
        if not in_force or price.life.paused_on(self.today) or not price.life.is_served:
            return 0
        return price.monthly * (self.dollar if price.life.currency == "USD" else 1)

    def _scaled(self, price: Price, scale: float) -> Price:
        if price.life.character:
            return price
        step = 50 if price.per in ("month", "once") else 10
        return replace(price, amount=max(step, round(price.amount * scale / step) * step))

    # -- one client ------------------------------------------

    def _of(self, life: Life) -> Iterator[Price]:
        for spell in life.spells:
            yield from self._main_service(life, spell)
            yield from self._extras(life, spell)

    def _main_service(self, life: Life, spell: Spell) -> Iterator[Price]:
        if life.character:
            yield from self._known(life, spell, life.character.fee)
            return
        service, model, _ = self.dice.choices(SERVICES, [share for *_, share in SERVICES])[0]
        per = self.dice.choices(list(MONTHS_IN_ONE), (86, 6, 2, 4, 2))[0]
        amount = min(9000, max(1200, self.dice.lognormvariate(7.97, 0.42)))
        for start, end, share in self._steps(spell):
            whole = round(amount * share * MONTHS_IN_ONE[per])
            yield Price(life, service, start, end, whole, per, model)

    def _known(self, life: Life, spell: Spell, fee: int) -> Iterator[Price]:
        """Ends at the fee that everybody knows; a tenth less until the first year was over."""
        rise = add_months(spell.start, 12)
        if rise < self.today:
            yield Price(life, "PPC", spell.start, rise, round(fee * 0.9 / 50) * 50)
            yield Price(life, "PPC", rise, None, fee)
        else:
            yield Price(life, "PPC", spell.start, None, fee)

    def _steps(self, spell: Spell) -> Iterator[tuple[date, date | None, float]]:
        """The price as a share of the first one: up with the years, sometimes down."""
        start, share = spell.start, 1.0
        last = spell.end or self.today
        while (following := add_months(start, 12)) < last:
            change = self.dice.choices((1.0, self.dice.uniform(1.05, 1.12), 0.8), (45, 48, 7))[0]
            yield start, following, share
            start, share = following, share * change
        yield start, spell.end, share

    def _extras(self, life: Life, spell: Spell) -> Iterator[Price]:
        last = spell.end or self.today
        dice = self.dice.random()
        if dice < 0.28 and not life.character:
            start = add_months(spell.start, self.dice.randint(2, 8))
            if start < last:
                amount = self.dice.randrange(600, 1500, 50)
                yield Price(life, "Landing pages", start, spell.end, amount, "month", "fixed_price")
        elif dice < 0.42:
            end = spell.start + timedelta(days=30)
            if end < last:
                amount = self.dice.randrange(2500, 6000, 100)
                yield Price(
                    life, "Landing page build", spell.start, end, amount, "once", "fixed_price"
                )
        elif dice < 0.48:
            amount = self.dice.randrange(400, 1600, 50)
            yield Price(
                life, "Analytics support", spell.start, spell.end, amount, "month",
                "time_and_materials",
            )  # fmt: skip

    def _changed_lately(self, prices: list[Price]) -> list[Price]:
        """Three price rises and two cuts in the last month."""
        open_ones = [
            price
            for price in prices
            if price.life.is_served
            and price.life.character is None
            and price.end is None
            and price.per == "month"
            and price.finance_model == "retainer"
            and not price.life.pauses
            and (self.today - price.start).days > 120
        ]
        changes = (1.1, 1.08, 1.12, 0.8, 0.7)
        chosen = self.dice.sample(open_ones, min(len(open_ones), len(changes)))
        for price, change in zip(chosen, changes, strict=False):
            day = self.today - timedelta(days=self.dice.randint(3, 24))
            prices.remove(price)
            prices.append(replace(price, end=day))
            prices.append(replace(price, start=day, amount=round(price.amount * change)))
        return prices


def margins(first: date, reorganised_on: date) -> Iterable[tuple[object, ...]]:
    return (
        (first.replace(day=1), "0.3800", "From the books of the first year"),
        (reorganised_on, "0.4200", "After the reorganisation"),
    )
