"""One line more in the ledger. There is no way to take one back."""

from datetime import datetime
from typing import Any

from clients.models import Staff
from tasks.models import KnownBy, Promise, PromiseEvent, Task


def tell(
    promise: Promise,
    kind: PromiseEvent.Kind,
    *,
    now: datetime,
    by: Staff | None = None,
    name: str = "",
    was: str = "",
    became: str = "",
    excuse: str = "",
    evidence: dict[str, Any] | None = None,
    twin: Task | None = None,
) -> PromiseEvent:
    """Write down what a person here did; an account without a member of staff has a `name`."""
    return PromiseEvent.objects.create(
        promise=promise,
        kind=kind,
        was=was[:300],
        now=became[:300],
        actor=by,
        actor_name=by.name if by else name,
        happened_at=now,
        recorded_at=now,
        known_by=KnownBy.PERSON,
        excuse=excuse,
        evidence=evidence or {},
        twin=twin,
    )
