from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas import training as formulas
from metrics.formulas.measure import Measure, of_ratio


def completion(facts: Facts) -> Measure:
    ratio = formulas.training_completion_rate(facts.required_modules)
    return of_ratio(ratio, Unit.SHARE, _nothing(facts))


def score(facts: Facts) -> Measure:
    ratio = formulas.training_score(facts.required_modules)
    reason = "no required module was attempted" if facts.required_modules else _nothing(facts)
    return of_ratio(ratio, Unit.PER_CENT, reason)


def score_with_zero(facts: Facts) -> Measure:
    ratio = formulas.training_score_with_zero(facts.required_modules)
    reason = "every due module was passed without a score"
    return of_ratio(ratio, Unit.PER_CENT, reason if facts.required_modules else _nothing(facts))


def _nothing(facts: Facts) -> str:
    if facts.scope.kind == "client" or facts.scope.is_segment:
        return "training is about our people, not about clients"
    return f"no module is required and due on {facts.as_of}"


NUMBERS = {
    "training_completion_rate": completion,
    "training_score": score,
    "training_score_with_zero": score_with_zero,
}
