"""What lies behind the promises that were put off: for which reasons, and how often again."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from metrics.dashboards.numbers import Facts
from metrics.dashboards.onward import Onward
from metrics.formulas.ratio import Ratio
from metrics.queries.promises import postponed_again, postponed_for
from tasks.models import Postponement

SHOWN_FOR = {"postponement_rate", "postponement_days_mean"}


@dataclass(frozen=True, slots=True)
class Reason:
    name: str
    of_postponed: Ratio
    url: str = ""


def reasons(key: str, facts: Facts, onward: Onward) -> list[Reason]:
    """The most frequent first; a promise that was put off twice may have two."""
    if key not in SHOWN_FOR or not (whole := facts.promises.postponed):
        return []
    counts = postponed_for(facts.scope, facts.period)
    found = [
        Reason(
            str(Postponement.Reason(reason).label),
            Ratio(count, whole),
            onward.to("deadlines", reason=reason),
        )
        for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    again = postponed_again(facts.scope, facts.period)
    return [*found, Reason(_("More than once, for whatever reason"), Ratio(again, whole))]
