"""The model's answer and the test between segments, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from godview.templatetags.display import money, number, percent
from metrics.dashboards.numbers import Facts
from metrics.dashboards.retold import retold
from metrics.dashboards.survival.estimate import HORIZON, Answer, Months
from metrics.dashboards.survival.page import Asked
from metrics.dashboards.survival.worth import Form, modelled_forms, simple_forms
from metrics.formulas.estimate import Estimate

SURE = 0.05


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate as it is shown; never without its label."""

    name: str
    value: str
    range: str
    label: str
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    refusal: str
    model: str
    lifetimes: list[Line]
    worth: list[Line]


@dataclass(frozen=True, slots=True)
class TestTold:
    sentence: str
    losses: list[tuple[str, int, float]]  # segment, lost, expected if all were alike


def forecast(told: Answer, facts: Facts, asked: Asked) -> Forecast:
    forms = [
        *(money_line(form, _("new client, by the curve")) for form in modelled_forms(facts, told)),
        *(
            money_line(form, _("any client, simple form"))
            for form in simple_forms(facts, asked.discount_a_month)
        ),
    ]
    return Forecast(retold(told.refusal), _model(told), _lifetimes(told), forms)


def _model(told: Answer) -> str:
    if told.alpha is None or told.beta is None or told.log_likelihood is None:
        return ""
    first = told.alpha / (told.alpha + told.beta)
    return _(
        "α = %(told_alpha)s, β = %(told_beta)s, log-likelihood "
        "%(told_log_likelihood)s: %(first)s leave in the first month, and fewer in "
        "each that follows."
    ) % {
        "told_alpha": number(told.alpha, 3),
        "told_beta": number(told.beta, 3),
        "told_log_likelihood": number(told.log_likelihood, 1),
        "first": percent(first, 1),
    }


def _lifetimes(told: Answer) -> list[Line]:
    lines = [_months(one) for one in told.months]
    if told.within is not None:
        label = _("sBG model, not discounted, cut off at %(horizon)s months") % {"horizon": HORIZON}
        lines.append(
            Line(
                (_("New client, within %(horizon)s months") % {"horizon": HORIZON}),
                _in_months(told.within),
                "",
                label,
            )
        )
    return lines


def _months(one: Months) -> Line:
    name = _("New client, first month included")
    if one.renewals is not None:
        name = _("Still to come after %(one_renewals)s months") % {"one_renewals": one.renewals}
    span = ""
    if one.low is not None and one.high is not None:
        span = _("%(one_low)s to %(one_high)s") % {
            "one_low": number(one.low, 1),
            "one_high": number(one.high, 1),
        }
    return Line(name, _in_months(one.value), span, retold(one.label))


def money_line(form: Form, of_whom: str) -> Line:
    told = form.told
    name = f"{form.name}, {of_whom}"
    if told is None:
        return Line(name, _("no data yet"), "", retold(form.reason), form.metric)
    return Line(name, money(told.value), _span(told), retold(told.label), form.metric)


def _span(told: Estimate) -> str:
    if told.interval is None:
        return ""
    return _("%(told_interval_low)s to %(told_interval_high)s") % {
        "told_interval_low": money(told.interval.low),
        "told_interval_high": money(told.interval.high),
    }


def _in_months(value: float) -> str:
    return _("%(number)s months") % {"number": number(value, 1)}


def test_in_words(told: Answer | None, by: str) -> TestTold | None:
    test = told.test if told else None
    if test is None:
        return None
    strength = _("log-rank test: χ² = %(test_statistic)s, df = %(test_df)s, %(test_p)s") % {
        "test_statistic": number(test.statistic, 2),
        "test_df": test.df,
        "test_p": _p(test.p),
    }
    word = str(by).lower()
    if test.p < SURE:
        sentence = _("By %(word)s, clients leave at different paces (%(strength)s).") % {
            "word": word,
            "strength": strength,
        }
    else:
        sentence = _(
            "By %(word)s, the differences are no larger than chance makes them "
            "(%(strength)s). Decide nothing by them."
        ) % {"word": word, "strength": strength}
    losses = [(retold(name), lost, expected) for name, (lost, expected) in test.expected.items()]
    if sum(lost for _, lost, _ in losses) < 10:
        sentence += _(" Fewer than ten clients left: the test says little.")
    return TestTold(sentence, losses)


def _p(p: float) -> str:
    return f"p < {number(0.001, 3)}" if p < 0.001 else f"p = {number(p, 3)}"
