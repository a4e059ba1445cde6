"""The ledger beside the work: what is newly promised, what changed, and who says so.

Run after every read of Asana. It compares what is stored with what the ledger knew, so a worker
that dies in between loses nothing: the next one finds the same differences.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tasks.ledger import differences
from tasks.ledger.commitment import commit_tasks
from tasks.ledger.differences import Difference
from tasks.ledger.excuses import Evidence
from tasks.ledger.recording import Recorded, record
from tasks.ledger.searching import find_twins
from tasks.models import AsanaConnection, PromiseEvent

Witness = Callable[[Sequence[str]], Mapping[str, Evidence]]
# These are worth a question to Asana: who did it, and was it a machine?
ASKED_ABOUT = {
    PromiseEvent.Kind.MOVED,
    PromiseEvent.Kind.CLEARED,
    PromiseEvent.Kind.REOPENED,
    PromiseEvent.Kind.REMOVED,
    PromiseEvent.Kind.SUBTASK,
}


def nobody_saw(gids: Sequence[str]) -> Mapping[str, Evidence]:
    """Without asking Asana: what changed is known, who did it is not."""
    return {}


def reckon(asana: AsanaConnection, now: datetime, witness: Witness = nobody_saw) -> Recorded:
    """Promise what is new, write down what changed, find what was made anew."""
    commit_tasks(asana)
    found = differences.find(asana)
    asked = [one.task_gid for one in found if _is_worth_asking(one)]
    done = record(found, witness(asked) if asked else {}, now) if found else Recorded()
    commit_tasks(asana)  # a task that rolled over is promised for its next day
    done.findings += find_twins(asana, now)
    return done


def _is_worth_asking(difference: Difference) -> bool:
    return any(change.kind in ASKED_ABOUT for change in difference.changes)
