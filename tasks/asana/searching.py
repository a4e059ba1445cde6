"""Search: whatever changed in a whole workspace, for one request. Only some plans have it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import asana

from tasks.asana import fields
from tasks.asana.calls import MOST_PAGES, PAGE_LENGTH, Answer, Calls
from tasks.asana.payload import moment


class SearchCalls(Calls):
    def search_changed(self, workspace: str, since: datetime, until: datetime) -> Iterator[Answer]:
        """Tasks and subtasks modified in between, oldest first, a hundred at a time.

        Search has no pages: the next hundred begins at the last moment that was seen, so some
        come twice. More than a hundred of one same moment cannot be told apart and are stepped
        over: listing the projects finds them.
        """
        call = asana.TasksApi(self._api).search_tasks_for_workspace_with_http_info
        query = {
            "opt_fields": ",".join(fields.TASK),
            "limit": str(PAGE_LENGTH),
            "sort_by": "modified_at",
            "sort_ascending": "true",
            "modified_at.before": until.isoformat(),
        }
        for number in range(1, MOST_PAGES):
            asked = query | {"modified_at.after": since.isoformat()}
            answer = self.ask(call, (workspace,), asked, list, number)
            yield answer
            if len(answer.data) < PAGE_LENGTH:
                return
            last = _newest(answer)
            since = max(since + timedelta(milliseconds=1), last - timedelta(milliseconds=1))


def _newest(answer: Answer) -> datetime:
    moments = (moment(one.get("modified_at")) for one in answer.data if isinstance(one, dict))
    return max((one for one in moments if one), default=answer.asana_time)
