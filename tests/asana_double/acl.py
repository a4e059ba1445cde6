"""What a token may not see, although it is there."""

import re
from dataclasses import dataclass, field

from tests.asana_double.errors import ApiError
from tests.asana_double.records import Task
from tests.asana_double.routing import Call
from tests.asana_double.state import State


@dataclass
class Rule:
    """Exactly one of project, task and endpoint (a regular expression for the path) is set."""

    project: str = ""
    task: str = ""
    endpoint: str = ""
    token: str = ""  # every token, when empty
    status: int = 403  # Asana does not promise which: 404 is possible as well

    def closes(self, call: Call, state: State) -> bool:
        if self.token and self.token != call.token:
            return False
        if self.endpoint:
            return re.search(self.endpoint, call.path) is not None
        asked = {*call.path.split("/"), call.query.get("project"), call.query.get("resource")}
        if self.task:
            return self.task in asked
        tasks = [state.tasks[gid] for gid in asked if gid in state.tasks]
        return self.project in asked or any(self._only_there(task, state) for task in tasks)

    def _only_there(self, task: Task, state: State) -> bool:
        """Nobody reaches the task through another project, nor through its parents'."""
        homes, above = set(task.homes), task
        for _ in range(10):
            if above.parent not in state.tasks:
                break
            above = state.tasks[above.parent]
            homes |= set(above.homes)
        return homes == {self.project}


@dataclass
class Acl:
    rules: list[Rule] = field(default_factory=list)

    def forbid(self, **rule: object) -> Rule:
        made = Rule(**rule)  # type: ignore[arg-type]
        if not (made.project or made.task or made.endpoint):
            raise ValueError("Say which project, task or endpoint")
        self.rules.append(made)
        return made

    def allow_all(self) -> None:
        self.rules.clear()

    def check(self, call: Call, state: State) -> None:
        for rule in self.rules:
            if rule.closes(call, state):
                raise ApiError(rule.status, "Forbidden" if rule.status == 403 else "Unknown object")

    def private(self, call: Call) -> set[str]:
        """Tasks that lists leave out."""
        return {one.task for one in self.rules if one.task and one.token in ("", call.token)}
