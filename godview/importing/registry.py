"""Every kind of file that can be imported, in the order in which they build on each other."""

from clients.importing.kind import Kind
from clients.importing.kinds import KINDS as CLIENT_KINDS
from tasks.importing.kinds import KINDS as TASK_KINDS

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*CLIENT_KINDS, *TASK_KINDS)}
