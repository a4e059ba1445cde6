"""The sBG model that fits what was seen best, or the reason why none should be used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from metrics.formulas.cohorts import Cohort, Exposure, exposures
from metrics.formulas.sbg import Covariance, Sbg

FEWEST_PERIODS, FEWEST_CLIENTS = 3, 30
# Beyond, all clients are alike: the hazard does not fall, and the two parameters run off together.
RUNS_OFF = 1000.0
SMALLEST = 1e-3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the model is not used; what is shown instead is labelled as such."""

    reason: str


def fit(cohorts: Sequence[Cohort]) -> Sbg | Refusal:
    """`fit_exposures` for cohorts, each followed up to its own age, in one likelihood."""
    return fit_exposures(exposures(cohorts), sum(cohort.clients for cohort in cohorts))


def fit_exposures(table: Sequence[Exposure], clients: int) -> Sbg | Refusal:
    """The sBG that makes what was seen most likely, or the reason why none should be used.

    The likelihood is a product over periods of who left and who stayed, so cohorts of any age and
    clients taken over late need nothing special.

    Unit:    two numbers without unit; their mean alpha / (alpha + beta) is the first period's loss.
    Unknown: a `Refusal`: under 3 periods or 30 clients, no loss, or a hazard that does not fall.
    Error:   see `interval`; assumes that no client's own chance changes with time.
    Source:  docs/definitions.md, 9: Fader and Hardie (2007), "How to project customer retention".
    """
    seen = [row for row in table if row.at_risk]
    lost = sum(row.lost for row in seen)
    if len(seen) < FEWEST_PERIODS:
        return Refusal(f"{len(seen)} of the {FEWEST_PERIODS} periods that are needed have passed")
    if clients < FEWEST_CLIENTS:
        return Refusal(f"{clients} clients; {FEWEST_CLIENTS} are needed")
    if not lost:
        return Refusal("nobody has left yet")
    alpha, beta, likelihood = _most_likely(table, lost)
    if min(alpha, beta) < SMALLEST or alpha + beta > RUNS_OFF:
        return Refusal("clients do not leave less with the years, so the model has no end")
    return Sbg(alpha, beta, likelihood, _covariance(table, alpha, beta))


def _most_likely(table: Sequence[Exposure], lost: int) -> tuple[float, float, float]:
    from scipy.optimize import minimize

    def cost(logs: Sequence[float]) -> tuple[float, list[float]]:
        alpha, beta = exp(logs[0]), exp(logs[1])
        value = by_alpha = by_beta = 0.0
        for gone, stayed, b in _terms(table, beta):
            both = gone + stayed
            value += gone * log(alpha) + stayed * log(b) - both * log(alpha + b)
            by_alpha += gone / alpha - both / (alpha + b)
            by_beta += stayed / b - both / (alpha + b)
        return -value / lost, [-by_alpha * alpha / lost, -by_beta * beta / lost]

    hazard = lost / sum(row.at_risk for row in table)
    start = [0.0, log(max(1 - hazard, SMALLEST) / hazard)]
    bounds = [(log(SMALLEST) - 1, log(RUNS_OFF) + 1)] * 2
    found = minimize(
        cost,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-14, "gtol": 1e-9},
    )
    return exp(found.x[0]), exp(found.x[1]), -float(found.fun) * lost


def _terms(table: Sequence[Exposure], beta: float) -> Iterator[tuple[int, int, float]]:
    for period, (at_risk, lost) in enumerate(table):
        if at_risk:
            yield lost, at_risk - lost, beta + period


def _covariance(table: Sequence[Exposure], alpha: float, beta: float) -> Covariance | None:
    aa = ab = bb = 0.0
    for gone, stayed, b in _terms(table, beta):
        shared = (gone + stayed) / (alpha + b) ** 2
        aa += gone / alpha**2 - shared
        ab -= shared
        bb += stayed / b**2 - shared
    # At the best fit the first derivatives are 0, so going over to logs only scales.
    aa, ab, bb = aa * alpha**2, ab * alpha * beta, bb * beta**2
    determinant = aa * bb - ab * ab
    if determinant <= 0 or aa <= 0:
        return None
    return (bb / determinant, -ab / determinant), (-ab / determinant, aa / determinant)
