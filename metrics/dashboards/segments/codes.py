"""The RCM code of every client, for the pages that only name it."""

from datetime import date

from clients.models import Capacity
from metrics.dashboards.portfolio import BOOK, all_lines, read_once
from metrics.dashboards.segments.base import rcm_clients
from metrics.formulas.rcm import rcm
from metrics.memory import remembered
from metrics.queries.stamps import Stamp, Stamps
from tasks.models import Task


def rcm_codes(stamps: Stamps, day: date) -> dict[int, str]:
    """By client, 545 or the like: placed among all clients. Who lacks a number is left out."""
    clients = tuple(line.id for line in all_lines(stamps, day))
    return _codes(stamps.of(*BOOK), stamps.of(Capacity, Task), day, clients)


@remembered(4)
def _codes(money: Stamp, rows: Stamp, day: date, clients: tuple[int, ...]) -> dict[int, str]:
    table = rcm(rcm_clients(read_once(money, day), day, clients))
    return {int(str(code.client)): code.code for code in table.codes}
