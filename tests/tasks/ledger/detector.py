"""How well the finder of tasks made anew does on cases that are known."""

from tasks.ledger.twins import WORTH_A_LOOK, is_in_time, likelihood
from tests.tasks.ledger.cheats import Case, many


def is_found(case: Case) -> bool:
    if not is_in_time(case.lost, case.new):
        return False
    return likelihood(case.lost, case.new, case.others).score >= WORTH_A_LOOK


def recall_and_precision(seed: int) -> tuple[float, float]:
    """Of three hundred cheats and three hundred innocents: found, and rightly so."""
    cases = list(many(seed))
    hits = [case for case in cases if is_found(case)]
    true = sum(case.is_planted for case in hits)
    return true / sum(case.is_planted for case in cases), true / len(hits)
