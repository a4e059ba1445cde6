"""How often chance alone makes a difference this large."""

from math import erfc, exp, lgamma, log, sqrt


def chi_square_p(statistic: float, df: int) -> float:
    """The chance of a chi-square statistic this large or larger when nothing differs.

    Written out, because a page needs it and the numeric libraries are kept out of web processes.

    Unit:    probability.
    Unknown: never, from one degree of freedom on.
    Error:   exact for whole degrees of freedom.
    Source:  docs/definitions.md, 10 and 15; scipy `chi2.sf`.
    """
    if df < 1:
        raise ValueError("A chi-square test needs at least one degree of freedom.")
    half = statistic / 2
    if half <= 0:
        return 1.0
    total = erfc(sqrt(half)) if df % 2 else exp(-half)
    for step in range(3 if df % 2 else 4, df + 1, 2):
        total += exp((step / 2 - 1) * log(half) - half - lgamma(step / 2))
    return min(1.0, total)
