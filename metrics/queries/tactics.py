"""Verdicts on the tactics that ended."""

from collections.abc import Mapping

from django.db.models import Count, OuterRef

from godview.periods import Period
from metrics.formulas.tactics import TacticRecord
from metrics.queries.scopes import Scope
from tasks.models import Tactic

Outcome = Tactic.Outcome


def tactic_record(scope: Scope, period: Period) -> TacticRecord:
    """Tactics that ended after the period's start, up to and on its end."""
    closed = Tactic.objects.closed_by(period.end).filter(ended_on__gt=period.start)
    if scope.kind == "manager":
        closed = closed.filter(manager=scope.id)
    elif not scope.is_agency:
        closed = closed.filter(scope.clients_on(OuterRef("ended_on")))
    counts = dict(closed.order_by().values_list("outcome").annotate(count=Count("pk")))
    return record_of(counts)


def record_of(counts: Mapping[str, int]) -> TacticRecord:
    """Verdicts, by how many there are of each."""
    return TacticRecord(
        wins=counts.get(Outcome.WIN, 0),
        losses=counts.get(Outcome.LOSS, 0),
        inconclusive=counts.get(Outcome.INCONCLUSIVE, 0),
    )
