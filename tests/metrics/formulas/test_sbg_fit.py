from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.cohorts import Cohort, exposures_of
from metrics.formulas.sbg import Sbg, interval
from metrics.formulas.sbg_fit import Refusal, fit, fit_exposures
from metrics.formulas.survival import Lived

# Berry and Linoff (2004), as reanalysed by Fader and Hardie (2007), "How to project customer
# retention": 1,000 customers, those left after 1 to 12 years. The first seven are fitted.
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173]
# Fader and Hardie, "Fitting the sBG model to multi-cohort data" (note 017).
FOUR_COHORTS = [
    [10000, 8000, 6480, 5307, 4391],
    [10000, 8000, 6480, 5307],
    [10000, 8000, 6480],
    [10000, 8000],
]


def cohort(here: list[int]) -> Cohort:
    return Cohort(here[0], tuple(a - b for a, b in pairwise(here)))


def test_the_high_end_customers_of_the_paper():
    model = fit([cohort(HIGH_END[:8])])
    assert (model.alpha, model.beta) == pytest.approx((0.668, 3.806), abs=5e-4)
    assert model.log_likelihood == pytest.approx(-1611.16, abs=5e-3)
    ahead = [model.survival(year) for year in range(8, 13)]
    assert ahead == pytest.approx([0.460, 0.436, 0.414, 0.395, 0.378], abs=5e-4)
    assert ahead == pytest.approx([left / 1000 for left in HIGH_END[8:]], abs=0.02)
    assert model.residual_lifetime(7, 0.1) == pytest.approx(7.530, abs=5e-4)


def test_the_regular_customers_of_the_paper():
    model = fit([cohort(REGULAR[:8])])
    assert (model.alpha, model.beta) == pytest.approx((0.704, 1.182), abs=5e-4)
    ahead = [model.survival(year) for year in range(8, 13)]
    assert ahead == pytest.approx([left / 1000 for left in REGULAR[8:]], abs=0.005)


def test_four_cohorts_of_different_ages_are_fitted_in_one_likelihood():
    model = fit([cohort(here) for here in FOUR_COHORTS])
    assert (model.alpha, model.beta) == pytest.approx((3.80, 15.19), abs=5e-3)


def test_one_cohort_or_its_halves_give_the_same_model():
    whole = fit([Cohort(100, (20, 10, 6, 4))])
    halves = fit([Cohort(50, (10, 5, 3, 2))] * 2)
    assert (whole.alpha, whole.beta) == pytest.approx((halves.alpha, halves.beta))


def test_single_clients_make_the_same_model_as_their_cohort():
    losses = [20, 10, 6, 4]
    spells = [Lived(0, month, left=True) for month, n in enumerate(losses) for _ in range(n)]
    spells += [Lived(0, 4, left=False)] * 60
    alone, together = fit_exposures(exposures_of(spells), 100), fit([Cohort(100, tuple(losses))])
    assert (alone.alpha, alone.beta) == pytest.approx((together.alpha, together.beta))


@pytest.mark.parametrize(
    ("cohorts", "reason"),
    [
        ([Cohort(1000, (100, 80))], "2 of the 3 periods"),
        ([Cohort(29, (3, 2, 1))], "29 clients; 30 are needed"),
        ([Cohort(100, (0, 0, 0, 0))], "nobody has left"),
        ([Cohort(100, (5, 10, 15, 20))], "do not leave less"),  # a rising hazard
        ([Cohort(10_000, (1000, 900, 810, 729))], "do not leave less"),  # an even one
        ([], "0 of the 3 periods"),
    ],
)
def test_where_the_model_would_lie_it_is_refused_with_the_reason(cohorts, reason):
    refusal = fit(cohorts)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_optimiser_finds_the_same_on_the_likelihood_as_it_is_printed(seed):
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import betaln

    chance = np.random.default_rng(seed)
    cohorts = []
    for age in (3, 5, 8, 12):
        leaves = chance.geometric(chance.beta(0.9, 5.0, 400))
        cohorts.append(Cohort(400, tuple(int((leaves == t).sum()) for t in range(1, age + 1))))

    def printed(logs):
        alpha, beta = np.exp(logs)
        whole = betaln(alpha, beta)
        return -sum(
            sum(n * (betaln(alpha + 1, beta + t) - whole) for t, n in enumerate(lost))
            + (clients - sum(lost)) * (betaln(alpha, beta + len(lost)) - whole)
            for clients, lost in cohorts
        )

    ours = fit(cohorts)
    theirs = minimize(printed, [0.0, 1.0], method="Nelder-Mead", options={"xatol": 1e-7})
    assert [ours.alpha, ours.beta] == pytest.approx(list(np.exp(theirs.x)), rel=1e-4)
    assert ours.log_likelihood == pytest.approx(-theirs.fun, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(30, 200), st.lists(st.integers(0, 6), min_size=1, max_size=8)),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_happened_there_is_a_model_or_a_reason(raw):
    found = fit([Cohort(clients, tuple(lost[:5])) for clients, lost in raw])
    if isinstance(found, Refusal):
        assert found.reason
    else:
        assert 0 < found.survival(60) < found.survival(1) < 1
        band = interval(found, 3, 0.01)
        assert band is None or band.low < found.residual_lifetime(3, 0.01) < band.high


def test_the_interval_is_about_as_wide_as_refits_of_drawn_cohorts_scatter():
    import numpy as np

    model = fit([cohort(HIGH_END[:8])])
    band = interval(model, 7, 0.1)
    assert band.low < 7.53 < band.high
    chance = np.random.default_rng(4)
    shares = [model.lost_in(year) for year in range(1, 8)] + [model.survival(7)]
    drawn = [
        fit([Cohort(1000, tuple(int(n) for n in chance.multinomial(1000, shares)[:7]))])
        for _ in range(120)
    ]
    lives = [found.residual_lifetime(7, 0.1) for found in drawn if isinstance(found, Sbg)]
    low, high = np.percentile(lives, [2.5, 97.5])
    assert len(lives) == 120
    assert high - low == pytest.approx(band.high - band.low, rel=0.3)
