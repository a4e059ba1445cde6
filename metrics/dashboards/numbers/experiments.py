from metrics.catalogue import Unit
from metrics.dashboards.numbers.facts import Facts
from metrics.formulas.experiment_course import Outcome, record_of_tests
from metrics.formulas.experiments import VerdictState
from metrics.formulas.measure import Measure, of_count, of_ratio
from metrics.formulas.tactics import tactic_win_rate
from metrics.queries.experiments import TestRecord

Found = list[tuple[TestRecord, Outcome]]


def decided_tests(facts: Facts) -> Found:
    """Those whose verdict fell after the period's start, up to and on its end."""
    period = facts.period
    found = [(record, record.outcome(period.end)) for record in facts.experiments]
    return [
        (record, outcome)
        for record, outcome in found
        if (day := outcome.decided_on) and period.start < day <= period.end
        if facts.has_test(record, day)
    ]


def open_tests(facts: Facts) -> Found:
    """Those begun and not decided on the day."""
    day = facts.as_of
    found = [
        (record, record.outcome(day))
        for record in facts.experiments
        if record.plan.started_on <= day and facts.has_test(record, day)
    ]
    return [(record, outcome) for record, outcome in found if outcome.decided_on is None]


def win_rate(facts: Facts) -> Measure:
    record = record_of_tests(outcome for _, outcome in decided_tests(facts))
    reason = f"no test was won or lost in {facts.period}"
    return of_ratio(tactic_win_rate(record), Unit.SHARE, reason)


def running(facts: Facts) -> Measure:
    return _count(facts, VerdictState.RUNNING)


def too_early(facts: Facts) -> Measure:
    return _count(facts, VerdictState.TOO_EARLY)


def _count(facts: Facts, state: VerdictState) -> Measure:
    found = open_tests(facts)
    count = sum(outcome.state is state for _, outcome in found)
    return of_count(count, Unit.TESTS, len(found))


NUMBERS = {
    "experiment_win_rate": win_rate,
    "experiments_running": running,
    "experiments_too_early": too_early,
}
