"""How long will clients stay, when the loyal ones are those who remain? The sBG model."""

from dataclasses import dataclass
from math import exp, inf, lgamma, log, sqrt

from metrics.formulas.ratio import Z_95, Interval

Covariance = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Sbg:
    """Shifted beta-geometric: each client has its own fixed chance to leave, spread as a beta.

    Those likely to leave go first, so the retention of those who remain rises with the years.
    """

    alpha: float
    beta: float
    log_likelihood: float
    # Of ln alpha, ln beta, from the observed information: what `interval` is made of.
    covariance: Covariance | None = None

    def lost_in(self, period: int) -> float:
        """P(T = t): share of all clients that leaves in this period, from 1 on."""
        return self.survival(period - 1) * (1 - self.retention(period))

    def survival(self, period: int) -> float:
        """S(t): share of all clients still here after so many periods."""
        whole = self.alpha + self.beta
        return exp(
            lgamma(self.beta + period) + lgamma(whole) - lgamma(self.beta) - lgamma(whole + period)
        )

    def retention(self, period: int) -> float:
        """r(t): of those here before this period, the share that stays in it. Rises with t."""
        return (self.beta + period - 1) / (self.alpha + self.beta + period - 1)

    def expected_lifetime(self, discount: float) -> float:
        """Periods a new client pays for, each paid at its start, in today's money.

        Unit:    periods; `discount` is a share a period.
        Unknown: infinite without a discount when alpha is 1 or less.
        Error:   see `interval`.
        Source:  docs/definitions.md, 9: 5.92 for the High End customers at 10 %.
        """
        return 1 + self.residual_lifetime(0, discount) / (1 + discount)

    def residual_lifetime(self, renewals: int, discount: float) -> float:
        """Periods still to come of a client about to renew once more, after so many renewals.

        The coming payment is among them and worth its full amount.

        Unit:    periods; `discount` is a share a period.
        Unknown: infinite without a discount when alpha is 1 or less.
        Error:   see `interval`.
        Source:  docs/definitions.md, 9: Fader and Hardie (2010), 7.53 after 7 renewals at 10 %.
        """
        after = self.beta + renewals
        if discount == 0:
            return after / (self.alpha - 1) if self.alpha > 1 else inf
        from scipy.special import hyp2f1

        series = hyp2f1(1, after + 1, self.alpha + after + 1, 1 / (1 + discount))
        return self.retention(renewals + 1) * float(series)

    def within(self, horizon: int, renewals: int = 0) -> float:
        """Periods still to come within a horizon, not discounted; finite for any parameters."""
        here = self.survival(renewals)
        return sum(self.survival(renewals + ahead) for ahead in range(1, horizon + 1)) / here

    def moved(self, alpha: float, beta: float) -> "Sbg":
        return Sbg(alpha, beta, self.log_likelihood)


def interval(model: Sbg, renewals: int, discount: float, z: float = Z_95) -> Interval | None:
    """Where the true residual lifetime probably lies: the delta method on the log scale.

    Chosen over a bootstrap because it needs no draw of chance and no hundred refits, and gives the
    same answer each time; the logs keep it above 0 and lean it to the long side, as it should.

    Unit:    periods, 95 % unless another z is given.
    Unknown: the fit is too flat to tell (`covariance` is None), or the lifetime is infinite.
    Error:   rough under a hundred losses; takes the model for true.
    Source:  docs/definitions.md, 9.
    """
    value = model.residual_lifetime(renewals, discount)
    if model.covariance is None or value == inf:
        return None
    step = 1e-4
    slopes = []
    for up in ((step, 0.0), (0.0, step)):
        higher = model.moved(model.alpha * exp(up[0]), model.beta * exp(up[1]))
        lower = model.moved(model.alpha * exp(-up[0]), model.beta * exp(-up[1]))
        ratio = higher.residual_lifetime(renewals, discount) / lower.residual_lifetime(
            renewals, discount
        )
        slopes.append(log(ratio) / (2 * step))
    (aa, ab), (_, bb) = model.covariance
    variance = slopes[0] ** 2 * aa + 2 * slopes[0] * slopes[1] * ab + slopes[1] ** 2 * bb
    reach = exp(z * sqrt(variance))
    return Interval(value / reach, value * reach)
