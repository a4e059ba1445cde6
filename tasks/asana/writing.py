"""What we change in Asana: the tasks that weekly goals are worked on in."""

from typing import Any

import asana

from tasks.asana import fields
from tasks.asana.calls import Answer, Calls


class WriteCalls(Calls):
    def create_task(self, project: str, data: dict[str, Any]) -> Answer:
        """A new task in a project. It is asked for once: a lost answer says nothing.

        Whoever may have to ask again leaves a mark in its notes, and looks for that first.
        """
        call = asana.TasksApi(self._api).create_task_with_http_info
        body = {"data": {**data, "projects": [project]}}
        return self._write(lambda query, **more: call(body, query, **more))

    def marked_task(self, project: str, mark: str, since: str) -> Answer | None:
        """The project's task whose notes bear this mark, if there is one: as it is now.

        Among what changed since then; the list is complete, as Asana's search is not. (Asana's own
        numbers for apps, `external`, are kept under OAuth only.)
        """
        call = asana.TasksApi(self._api).get_tasks_with_http_info
        asked = {"project": project, "modified_since": since}
        for page in self.pages(call, (), ("notes",), **asked):
            for task in page.data:
                if isinstance(task, dict) and mark in str(task.get("notes") or ""):
                    return self.one(
                        asana.TasksApi(self._api).get_task_with_http_info, task["gid"], fields.TASK
                    )
        return None

    def update_task(self, gid: str, data: dict[str, Any]) -> Answer:
        """Set these fields. The same again changes nothing, so it may be tried again."""
        call = asana.TasksApi(self._api).update_task_with_http_info
        return self._write(lambda query, **more: call({"data": data}, gid, query, **more), True)

    def _write(self, call: Any, again: bool = False) -> Answer:
        return self.ask(
            call, (), {"opt_fields": ",".join(fields.TASK)}, dict, again=again, writes=True
        )
