"""What clients could buy, who refused us, what we offer, and when we changed how we work."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history

from clients.models import Capacity, Client, Fee, ProcessChange, Refusal, Service, Staff
from godview.access import Role
from godview.demo.words import STEMS
from godview.periods import add_months

NOT_SCORED = 0.12  # of the clients, for whom nobody has judged the capacity yet
REFUSALS = 18
TRADES = ("Cruises", "Furniture", "Insurance", "Energy", "Games", "Airways")
NOTES = {
    Refusal.Reason.TENDER: "Second of five in the tender.",
    Refusal.Reason.PRICE: "Wanted half the price.",
    Refusal.Reason.COMPETITOR: "Went with the agency of their group.",
    Refusal.Reason.IN_HOUSE: "Built a team of three.",
    Refusal.Reason.LATER: "After their relaunch.",
    Refusal.Reason.SILENCE: "No answer after the second call.",
    Refusal.Reason.WE_DECLINED: "Not a fit: no budget for media.",
}
CHANGES = (
    (15, "Weekly goals are locked on Monday", "Nobody adds a goal on Friday any more."),
    (11, "One business day, then we proceed", "Agreed in the second version of the terms."),
    (6, "Reports go out with a call", ""),
)


class Potential:
    def __init__(self, today: date, dice: random.Random) -> None:
        self.today, self.dice = today, dice

    def tell(self) -> str:
        """Everything is written with its history, as if typed in."""
        told = (
            self._enter(Service, self._services()),
            self._enter(ProcessChange, self._changes()),
            self._enter(Capacity, self._capacities()),
            self._enter(Refusal, self._refusals()),
        )
        return "services, changes of process, capacities, refusals: {}, {}, {}, {}".format(*told)

    def _enter(self, model: Any, rows: Iterator[Any]) -> int:
        return len(bulk_create_with_history(list(rows), model))

    def _services(self) -> Iterator[Service]:
        for name in sorted(set(Fee.objects.order_by().values_list("service", flat=True))):
            yield Service(name=name)
        for name in ("Email marketing", "Conversion consulting"):
            yield Service(name=name, offered_from=add_months(self.today, -8))

    def _changes(self) -> Iterator[ProcessChange]:
        for months, title, note in CHANGES:
            yield ProcessChange(
                happened_on=add_months(self.today, -months).replace(day=8), title=title, note=note
            )

    def _capacities(self) -> Iterator[Capacity]:
        """A few times what they pay, for some of them hardly more."""
        fees = Fee.objects.exclude(per=Fee.Per.ONCE).order_by("client", "-starts_on", "-amount")
        largest: dict[int, Fee] = {}
        for fee in fees:
            largest.setdefault(fee.client_id, fee)
        for client, fee in sorted(largest.items()):
            if self.dice.random() < NOT_SCORED:
                continue
            times = self.dice.choice((1.0, 1.1, 1.3, 1.8, 2.5, 4.0))
            a_year = float(fee.amount) * A_YEAR[Fee.Per(fee.per)] * times
            yield Capacity(
                client_id=client,
                starts_on=max(fee.starts_on, add_months(self.today, -self.dice.randint(1, 10))),
                amount=Decimal(round(a_year / 1000) * 1000),
                currency=fee.currency,
            )

    def _refusals(self) -> Iterator[Refusal]:
        sellers = list(Staff.objects.filter(role=Role.SALESPERSON, ended_on=None).order_by("pk"))
        former = Client.objects.filter(status=Client.Status.FORMER).order_by("pk")
        for client in [*self._prospects(), *former[:4]]:
            refused_on = self.today - timedelta(days=self.dice.randint(20, 600))
            reason = self.dice.choice(list(NOTES))
            marks = [self.dice.randint(1, 5) for _ in range(3)]
            if self.dice.random() < 0.15:
                marks[self.dice.randrange(3)] = None  # type: ignore[call-overload]
            due = self.today + timedelta(days=self.dice.randint(-10, 120))
            yield Refusal(
                client=client,
                refused_on=refused_on,
                reason=reason,
                note=NOTES[reason],
                salesperson=self.dice.choice(sellers) if sellers else None,
                brand=marks[0],
                capacity=marks[1],
                pitch=marks[2],
                remind_on=due if self.dice.random() < 0.6 else None,
            )

    def _prospects(self) -> list[Client]:
        taken = set(Client.objects.values_list("name", flat=True))
        pairs = [f"{stem} {trade}" for trade in TRADES for stem in STEMS]
        names = self.dice.sample([name for name in pairs if name not in taken], REFUSALS)
        rows = [
            Client(
                external_id=f"R-{number:03}",
                name=name,
                slug=slugify(name),
                industry=name.split()[-1],
                status=Client.Status.PROSPECT,
                is_key=False,
            )
            for number, name in enumerate(names, start=1)
        ]
        bulk_create_with_history(rows, Client)
        return list(Client.objects.filter(external_id__in=[row.external_id for row in rows]))


A_YEAR = {
    Fee.Per.MONTH: 12,
    Fee.Per.QUARTER: 4,
    Fee.Per.HALF_YEAR: 2,
    Fee.Per.YEAR: 1,
    Fee.Per.WEEK: 52,
}
