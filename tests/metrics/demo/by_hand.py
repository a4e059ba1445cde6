"""The demo agency counted by hand: plain loops over the very files it was imported from.

Nothing of the product is used, so that both cannot be wrong in the same way.
"""

import csv
import io
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, str]
PER_MONTH = {
    "month": Fraction(1),
    "quarter": Fraction(1, 3),
    "half_year": Fraction(1, 6),
    "year": Fraction(1, 12),
    "week": Fraction(52, 12),
    "once": Fraction(0),
}
HEARD_FROM_US = {"call", "meeting"}
WROTE = {"email", "sms", "chat"}
FOREVER = "9999-12-31"


class ByHand:
    """Days are compared as they are written, 2026-11-19, which sorts like the days."""

    def __init__(self, files: dict[str, bytes], work: dict[str, Any], today: date) -> None:
        self.files = {
            kind: list(csv.DictReader(io.StringIO(content.decode())))
            for kind, content in files.items()
        }
        self.work, self.today = work, today.isoformat()
        self.clients = [row["external_id"] for row in self.files["clients"]]
        self.stretches = self._stretches()

    # -- Who is served ----------------------------------------------------------------------

    def _stretches(self) -> dict[str, list[tuple[str, str]]]:
        """Each client's stretches of service, without pauses of more than 90 days."""
        found = defaultdict(list)
        for row in self.files["engagements"]:
            found[row["client"]].append((row["started_on"], row["ended_on"] or FOREVER))
        for row in self.files["pauses"]:
            start, end = row["started_on"], row["ended_on"] or FOREVER
            known = min(end, self.today)
            if (date.fromisoformat(known) - date.fromisoformat(start)).days > 90:
                found[row["client"]] = [
                    piece
                    for a, b in found[row["client"]]
                    for piece in (
                        [(a, start), (end, b)]
                        if a < start and end < b
                        else [(a, start)]
                        if a < start < b
                        else [(a, b)]
                    )
                ]
        return found

    def served(self, client: str, day: str) -> bool:
        return any(start <= day < end for start, end in self.stretches[client])

    def on_hold(self, client: str, day: str) -> bool:
        return self.served(client, day) and any(
            row["started_on"] <= day < (row["ended_on"] or FOREVER)
            for row in self.files["pauses"]
            if row["client"] == client
        )

    def worked_for(self, day: str) -> list[str]:
        return [c for c in self.clients if self.served(c, day) and not self.on_hold(c, day)]

    def kept(self, start: str, end: str) -> tuple[int, int]:
        there = [client for client in self.clients if self.served(client, start)]
        return sum(self.served(client, end) for client in there), len(there)

    def came_and_went(self, start: str, end: str) -> tuple[int, int, int]:
        """Won, come back, lost."""
        won = back = lost = 0
        for client in self.clients:
            for place, (began, ended) in enumerate(sorted(self.stretches[client])):
                if start < began <= end:
                    won, back = (won + 1, back) if place == 0 else (won, back + 1)
                lost += start < ended <= end
        return won, back, lost

    # -- Money ------------------------------------------------------------------------------

    def rate(self, currency: str, day: str) -> Fraction:
        if currency == "EUR":
            return Fraction(1)
        known = [r for r in self.files["exchange_rates"] if r["currency"] == currency]
        newest = max((r for r in known if r["starts_on"] <= day), key=lambda r: r["starts_on"])
        return Fraction(newest["rate"])

    def fee(self, client: str, day: str, rate_day: str) -> Fraction:
        if not self.served(client, day) or self.on_hold(client, day):
            return Fraction(0)
        return sum(
            (
                Fraction(row["amount"])
                * PER_MONTH[row["per"]]
                * self.rate(row["currency"], rate_day)
                for row in self.files["fees"]
                if row["client"] == client
                and row["finance_model"] != "time_and_materials"
                and row["starts_on"] <= day < (row["ends_on"] or FOREVER)
            ),
            Fraction(0),
        )

    def mrr(self, day: str) -> Fraction:
        return sum((self.fee(client, day, day) for client in self.clients), Fraction(0))

    def payers(self, day: str) -> int:
        return sum(self.fee(client, day, day) > 0 for client in self.clients)

    def movements(self, start: str, end: str) -> Counter[str]:
        lines: Counter[str] = Counter()
        for client in self.clients:
            before, after = self.fee(client, start, start), self.fee(client, end, start)
            lines["kept"] += min(before, after)  # type: ignore[assignment]
            lines["start"] += before  # type: ignore[assignment]
            if before:
                lines["paid by the same"] += after  # type: ignore[assignment]
            if before and not after:
                lines["paused" if self.on_hold(client, end) else "churned"] += before  # type: ignore[assignment]
            elif before > after:
                lines["contraction"] += before - after  # type: ignore[assignment]
            elif before and after > before:
                lines["expansion"] += after - before  # type: ignore[assignment]
        return lines

    # -- Contact, goals, tactics, tasks -------------------------------------------------------

    def waits(self, day: str) -> list[int]:
        last: dict[str, str] = {}
        for row in self.files["touchpoints"]:
            by_us = row["channel"] in HEARD_FROM_US or (
                row["channel"] in WROTE and row["direction"] == "outbound"
            )
            touched_on = row["happened_at"][:10]
            if by_us and row["automatic"] not in ("yes", "true", "True", "1") and touched_on <= day:
                last[row["client"]] = max(last.get(row["client"], ""), touched_on)
        return [
            (date.fromisoformat(day) - date.fromisoformat(last.get(c) or self._since(c, day))).days
            for c in self.worked_for(day)
        ]

    def _since(self, client: str, day: str) -> str:
        return next(start for start, end in self.stretches[client] if start <= day < end)

    def weekly_goals(self, start: str, end: str) -> tuple[int, int]:
        """Met, of those promised, where the Sunday lies in the period."""
        met = promised = 0
        for row in self.files["weekly_goals"]:
            sunday = date.fromisoformat(row["week_starts_on"]) + timedelta(days=6)
            late = row["committed_at"].replace("T", " ") > f"{row['week_starts_on']} 12:00"
            if start <= sunday.isoformat() < end and not late:
                promised += 1
                met += row["status"] == "met"
        return met, promised

    def tactics(self, start: str, end: str) -> Counter[str]:
        return Counter(
            row["outcome"] for row in self.files["tactics"] if start < row["ended_on"] <= end
        )

    def tasks(self, start: str, end: str) -> tuple[int, int]:
        """On time, of those due; subtasks are tasks."""
        on_time = due = 0
        for task in self._every_task():
            due_on = task.get("due_on")
            if due_on and start <= due_on < end:
                due += 1
                done = task.get("completed_at")
                on_time += bool(done) and done[:10] <= due_on
        return on_time, due

    def _every_task(self) -> list[dict[str, Any]]:
        found, waiting = [], [t for p in self.work["projects"] for t in p["tasks"]]
        while waiting:
            task = waiting.pop()
            found.append(task)
            waiting += task.get("subtasks", [])
        return found
