"""The history of a task as Asana keeps it: evidence of who did what, and when."""

from typing import Any

import asana

from tasks.asana import fields
from tasks.asana.calls import Calls


class StoryCalls(Calls):
    def stories(self, task: str) -> list[dict[str, Any]]:
        """Every story of a task, oldest first."""
        call = asana.StoriesApi(self._api).get_stories_for_task_with_http_info
        found: dict[str, dict[str, Any]] = {}
        for answer in self.pages(call, (task,), fields.STORY):
            if answer.restarted:
                found.clear()
            stories = (one for one in answer.data if isinstance(one, dict) and one.get("gid"))
            found.update((str(story["gid"]), story) for story in stories)
        return sorted(found.values(), key=lambda story: str(story.get("created_at") or ""))
