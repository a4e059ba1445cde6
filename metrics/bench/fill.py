"""How large a benchmark's agency is, and how densely its days are filled."""

from datetime import date
from multiprocessing import get_context

from django.db import connection

from metrics.bench.agency import agency
from metrics.bench.copies import multiply
from metrics.bench.scratch import analyze
from metrics.bench.work import work

MADE_AT_ONCE = 1000  # a larger agency is this one, copied
DENSE, SPARSE = 200, 50  # tasks of a client
DENSE_UP_TO = 10_000  # clients


def tasks_of_a_client(clients: int) -> int:
    return DENSE if clients <= DENSE_UP_TO else SPARSE


def fill(clients: int, months: int, today: date) -> None:
    """An empty database becomes that of an agency with so many clients today.

    In a process of its own: the memory it takes is not what is measured afterwards.
    """
    connection.close()
    filling = get_context("fork").Process(target=_fill, args=(clients, months, today))
    filling.start()
    filling.join()
    if filling.exitcode:
        raise RuntimeError("The benchmark's database could not be filled; see above.")


def _fill(clients: int, months: int, today: date) -> None:
    copies = -(-clients // MADE_AT_ONCE)
    tasks = tasks_of_a_client(clients)
    made = agency(clients // copies, months, today, pace=DENSE // tasks)
    work(made, clients // copies * tasks)
    if copies > 1:
        multiply(copies)
    analyze()
