"""The floor: as many threads ask for the same pages, decode them and throw them away."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import urllib3

from tasks.bench.double import TOKEN

PAGE = 100


class BareReader:
    def __init__(self, url: str, threads: int) -> None:
        self._url = url
        self._threads = threads
        self._http = urllib3.PoolManager(
            maxsize=threads, headers={"Authorization": f"Bearer {TOKEN}"}
        )
        self.task_pages = 0

    def read(self, workspace: str) -> float:
        """Seconds to read users, projects, and of each project its events' token and every task."""
        began = time.perf_counter()
        list(self._pages("/users", workspace=workspace))
        pages = self._pages("/projects", workspace=workspace)
        gids = [project["gid"] for page in pages for project in page]
        with ThreadPoolExecutor(self._threads) as pool:
            self.task_pages = sum(pool.map(self._project, gids))
        return time.perf_counter() - began

    def _project(self, gid: str) -> int:
        self._http.request("GET", self._url + "/events", fields={"resource": gid})
        return sum(1 for _ in self._pages(f"/projects/{gid}/tasks"))

    def _pages(self, path: str, **query: str) -> Iterator[list[dict[str, Any]]]:
        from tasks.asana import fields

        wanted = {"/users": fields.USER, "/projects": fields.PROJECT}.get(path, fields.TASK)
        query |= {"limit": str(PAGE), "opt_fields": ",".join(wanted)}
        while True:
            answer = self._http.request("GET", self._url + path, fields=query)
            document = json.loads(answer.data)
            yield document["data"]
            if not document["next_page"]:
                return
            query["offset"] = document["next_page"]["offset"]
