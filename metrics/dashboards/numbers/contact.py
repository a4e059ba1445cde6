from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.measure import Measure, of_count, of_ratio, unknown
from metrics.formulas.ratio import Ratio


def days_mean(facts: Facts) -> Measure:
    return of_ratio(facts.silence.mean, Unit.DAYS, _nobody(facts))


def days_median(facts: Facts) -> Measure:
    return _over_clients(facts, facts.silence.median)


def days_max(facts: Facts) -> Measure:
    return _over_clients(facts, facts.silence.longest)


def over_standard(facts: Facts) -> Measure:
    if not facts.silence.clients:
        return unknown(Unit.CLIENTS, _nobody(facts))
    return of_count(facts.silence.over_standard, Unit.CLIENTS, whole=facts.silence.clients)


def over_standard_share(facts: Facts) -> Measure:
    return of_ratio(facts.silence.share_over_standard, Unit.SHARE, _nobody(facts))


def _over_clients(facts: Facts, value: float | None) -> Measure:
    clients = facts.silence.clients
    if value is None:
        return unknown(Unit.DAYS, _nobody(facts))
    return Measure(
        value=value, unit=Unit.DAYS, whole=clients, small_base=Ratio(0, clients).small_base
    )


def _nobody(facts: Facts) -> str:
    return f"no clients we work for on {facts.as_of}"


NUMBERS = {
    "days_since_contact_mean": days_mean,
    "days_since_contact_median": days_median,
    "days_since_contact_max": days_max,
    "clients_over_contact_standard": over_standard,
    "clients_over_contact_standard_share": over_standard_share,
}
