"""Asana over HTTP. Answers plain data; raises AsanaError or AsanaUnavailable."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import asana

from tasks.asana import fields
from tasks.asana.calls import Answer, RetryPolicy
from tasks.asana.errors import TooLargeError
from tasks.asana.events import EventCalls
from tasks.asana.hooks import WebhookCalls
from tasks.asana.searching import SearchCalls
from tasks.asana.stories import StoryCalls
from tasks.asana.writing import WriteCalls

__all__ = ["Answer", "AsanaClient", "RetryPolicy"]


class AsanaClient(EventCalls, StoryCalls, SearchCalls, WebhookCalls, WriteCalls):
    """People, projects and tasks; each further noun has a file of its own."""

    def me(self) -> dict[str, Any]:
        """Whose token it is, and the workspaces it reaches."""
        answer = self.one(asana.UsersApi(self._api).get_user_with_http_info, "me", fields.ME)
        return dict(answer.data)

    def project(self, gid: str) -> Answer:
        call = asana.ProjectsApi(self._api).get_project_with_http_info
        return self.one(call, gid, fields.PROJECT)

    def task(self, gid: str) -> Answer:
        return self.one(asana.TasksApi(self._api).get_task_with_http_info, gid, fields.TASK)

    def users(self, workspace: str) -> Iterator[Answer]:
        call = asana.UsersApi(self._api).get_users_with_http_info
        return self.pages(call, (), fields.USER, workspace=workspace)

    def projects(self, workspace: str) -> Iterator[Answer]:
        call = asana.ProjectsApi(self._api).get_projects_with_http_info
        return self.pages(call, (), fields.PROJECT, workspace=workspace)

    def tasks_of_project(
        self, gid: str, *, completed_since: str | None = None, offset: str | None = None
    ) -> Iterator[Answer]:
        """All tasks of a project, or the open ones and those done since a moment.

        A project too large for Asana to list is listed section by section.
        """
        call = asana.TasksApi(self._api).get_tasks_for_project_with_http_info
        query = {"completed_since": completed_since}
        try:
            yield from self.pages(call, (gid,), fields.TASK, offset, **query)
        except TooLargeError:
            yield from self._tasks_by_section(gid, completed_since)

    def _tasks_by_section(self, gid: str, completed_since: str | None) -> Iterator[Answer]:
        """One list out of many. There is no place in its middle to go on from."""
        call = asana.SectionsApi(self._api).get_sections_for_project_with_http_info
        sections = [
            str(section["gid"])
            for answer in self.pages(call, (gid,), fields.SECTION)
            for section in answer.data
            if isinstance(section, dict) and section.get("gid")
        ]
        held: Answer | None = None
        for section in sections:
            for answer in self._tasks_of_section(section, completed_since):
                if held is not None:
                    yield replace(held, next_offset="")
                # A section begun anew clears nothing of the sections before it.
                held = replace(answer, restarted=held is None)
        if held is not None:
            yield replace(held, next_offset=None)

    def _tasks_of_section(self, gid: str, completed_since: str | None) -> Iterator[Answer]:
        call = asana.TasksApi(self._api).get_tasks_with_http_info
        query = {"section": gid, "completed_since": completed_since}
        return self.pages(call, (), fields.TASK, **query)

    def changed_tasks(
        self, project: str, since: str, *, offset: str | None = None
    ) -> Iterator[Answer]:
        call = asana.TasksApi(self._api).get_tasks_with_http_info
        query = {"project": project, "modified_since": since}
        return self.pages(call, (), fields.TASK, offset, **query)

    def subtasks(self, gid: str) -> Iterator[Answer]:
        call = asana.TasksApi(self._api).get_subtasks_for_task_with_http_info
        return self.pages(call, (gid,), fields.TASK)
