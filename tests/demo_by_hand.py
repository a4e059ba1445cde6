"""The demo's numbers, counted from its files in plain Python, without Django and our formulas.

Everything is looked up row by row and day by day, as a person with a spreadsheet would do it.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from godview.demo.agency import DemoAgency

MONTHLY = {
    "month": (1, 1),
    "quarter": (1, 3),
    "half_year": (1, 6),
    "year": (1, 12),
    "week": (52, 12),
    "once": (0, 1),
}
PAUSE_LIMIT = 90
HEARD_FROM_US = ("call", "meeting", "email", "sms", "chat")


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def inside(start: date | None, end: date | None, when: date) -> bool:
    return (start is None or start <= when) and (end is None or when < end)


@dataclass
class Movements:
    new: Decimal = Decimal(0)
    reactivation: Decimal = Decimal(0)
    expansion: Decimal = Decimal(0)
    contraction: Decimal = Decimal(0)
    churned: Decimal = Decimal(0)


class ByHand:
    def __init__(self, agency: DemoAgency) -> None:
        self.today = agency.today
        self.rows = {kind: self._read(agency, kind) for kind in agency.files}
        self.clients = [row["external_id"] for row in self.rows["clients"]]
        self.served = self._stretches("engagements")
        self.paused = self._stretches("pauses")

    def _read(self, agency: DemoAgency, kind: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(agency.csv(kind).decode())))

    def _stretches(self, kind: str) -> dict[str, list[tuple[date | None, date | None]]]:
        found: dict[str, list[tuple[date | None, date | None]]] = {}
        for row in self.rows[kind]:
            stretch = day(row["started_on"]), day(row["ended_on"])
            found.setdefault(row["client"], []).append(stretch)
        return found

    # -- who is served ---------------------------------------------------------------------------

    def on_hold(self, client: str, when: date) -> bool:
        return any(inside(start, end, when) for start, end in self.paused.get(client, []))

    def on_too_long_a_hold(self, client: str, when: date) -> bool:
        for start, end in self.paused.get(client, []):
            known_end = min(end or self.today, self.today)
            if start and (known_end - start).days > PAUSE_LIMIT and inside(start, end, when):
                return True
        return False

    def ours(self, when: date) -> set[str]:
        return {
            client
            for client in self.clients
            if any(inside(start, end, when) for start, end in self.served.get(client, []))
            and not self.on_too_long_a_hold(client, when)
        }

    def working_with(self, when: date) -> set[str]:
        return {client for client in self.ours(when) if not self.on_hold(client, when)}

    # -- what they pay ---------------------------------------------------------------------------

    def rate(self, currency: str, when: date) -> Decimal:
        if currency == "EUR":
            return Decimal(1)
        known = [
            (row["starts_on"], Decimal(row["rate"]))
            for row in self.rows["exchange_rates"]
            if row["currency"] == currency and row["starts_on"] <= when.isoformat()
        ]
        return max(known)[1]

    def fees(self, when: date, rate_of: date) -> dict[str, Decimal]:
        """Contracted money a month of each client who pays, in euros."""
        working = self.working_with(when)
        found: dict[str, Decimal] = {}
        for row in self.rows["fees"]:
            if row["client"] not in working or row["finance_model"] == "time_and_materials":
                continue
            if inside(day(row["starts_on"]), day(row["ends_on"]), when):
                times, months = MONTHLY[row["per"]]
                monthly = Decimal(row["amount"]) * times / months
                worth = monthly * self.rate(row["currency"], rate_of)
                if worth:
                    found[row["client"]] = found.get(row["client"], Decimal(0)) + worth
        return found

    def movements(self, start: date, end: date) -> tuple[Movements, Decimal, Decimal]:
        """At the start's exchange rate, so that a dollar that moved is no movement of a client.

        Clients who are on hold at either end are left out: they are told apart.
        """
        before, after = self.fees(start, start), self.fees(end, start)
        moved = Movements()
        for client in set(before) | set(after):
            was, now = before.get(client, Decimal(0)), after.get(client, Decimal(0))
            if self._on_short_hold(client, start) or self._on_short_hold(client, end):
                continue
            if was and now:
                moved.expansion += max(now - was, Decimal(0))
                moved.contraction += max(was - now, Decimal(0))
            elif was:
                moved.churned += was
            elif self._paid_before(client, start):
                moved.reactivation += now
            else:
                moved.new += now
        return moved, sum(before.values(), Decimal(0)), sum(after.values(), Decimal(0))

    def _on_short_hold(self, client: str, when: date) -> bool:
        return self.on_hold(client, when) and not self.on_too_long_a_hold(client, when)

    def _paid_before(self, client: str, when: date) -> bool:
        first = min(start for start, _ in self.served[client] if start)
        return first < when

    # -- how it goes -----------------------------------------------------------------------------

    def days_since_contact(self, when: date) -> dict[str, int]:
        last: dict[str, date] = {}
        for row in self.rows["touchpoints"]:
            happened = date.fromisoformat(row["happened_at"][:10])
            by_us = row["direction"] == "outbound" or row["channel"] in ("call", "meeting")
            counts = row["channel"] in HEARD_FROM_US and by_us and row["automatic"] != "yes"
            if counts and happened <= when:
                last[row["client"]] = max(happened, last.get(row["client"], happened))
        return {
            client: (when - last.get(client, self._came(client, when))).days
            for client in self.working_with(when)
        }

    def _came(self, client: str, when: date) -> date:
        return max(start for start, _ in self.served[client] if start and start <= when)

    def weekly_goals(self, start: date, end: date) -> tuple[int, int]:
        """Met, and promised in time, of the weeks whose Sunday lies in the period."""
        met = promised = 0
        for row in self.rows["weekly_goals"]:
            monday = date.fromisoformat(row["week_starts_on"])
            if not start <= monday + timedelta(days=6) < end or self._late(row, monday):
                continue
            promised += 1
            met += row["status"] == "met"
        return met, promised

    def _late(self, row: dict[str, str], monday: date) -> bool:
        told = row["committed_at"]
        return bool(told) and datetime.fromisoformat(told) > datetime.combine(
            monday, datetime.min.time().replace(hour=12)
        )

    def tactics(self, start: date, end: date) -> dict[str, int]:
        found = {"win": 0, "loss": 0, "inconclusive": 0}
        for row in self.rows["tactics"]:
            ended = day(row["ended_on"])
            if row["outcome"] in found and ended and start < ended <= end:
                found[row["outcome"]] += 1
        return found


def tasks_on_time(work: dict[str, Any], start: date, end: date) -> tuple[int, int]:
    """Done by the due date, and due in the period, subtasks without a date left out."""
    done = due = 0
    for project in work["projects"]:
        for task in project["tasks"]:
            due_on = date.fromisoformat(task["due_on"])
            if not start <= due_on < end:
                continue
            due += 1
            finished = task.get("completed_at")
            done += bool(finished) and date.fromisoformat(finished[:10]) <= due_on
    return done, due
