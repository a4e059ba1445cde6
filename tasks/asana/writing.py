"""What we change in Asana: the tasks that weekly goals are worked on in."""

from typing import Any

import asana

from tasks.asana import fields
from tasks.asana.calls import Answer, Calls


class WriteCalls(Calls):
    def create_task(self, project: str, data: dict[str, Any], *, key: str) -> Answer:
        """A new task in a project. It is asked for once: a lost answer says nothing.

        Asana keeps the key as the task's external number; `task_with_key` finds it by that.
        """
        call = asana.TasksApi(self._api).create_task_with_http_info
        body = {"data": {**data, "projects": [project], "external": {"gid": key}}}
        return self._write(lambda query, **more: call(body, query, **more))

    def task_with_key(self, key: str) -> Answer:
        """The task that was made with this key. Raises NotFoundError when there is none."""
        call = asana.TasksApi(self._api).get_task_with_http_info
        return self.one(call, f"external:{key}", fields.TASK)

    def update_task(self, gid: str, data: dict[str, Any]) -> Answer:
        """Set these fields. The same again changes nothing, so it may be tried again."""
        call = asana.TasksApi(self._api).update_task_with_http_info
        return self._write(lambda query, **more: call({"data": data}, gid, query, **more), True)

    def _write(self, call: Any, again: bool = False) -> Answer:
        return self.ask(
            call, (), {"opt_fields": ",".join(fields.TASK)}, dict, again=again, writes=True
        )
