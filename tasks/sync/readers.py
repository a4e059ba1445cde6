"""Several readers ask Asana at once; one writer stores what they bring.

Waiting for answers is most of the time, so readers are threads. The database is written by the
calling thread alone, which is what SQLite wants and what keeps transactions in order.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Job = TypeVar("Job")
Page = TypeVar("Page")
PAGES_WAITING = 4
PAGES_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Brought(Generic[Job, Page]):
    """What a reader hands over: a page for a job, or why there is none."""

    job: Job
    page: Page | None = None
    error: Exception | None = None


class Readers(Generic[Job, Page]):
    def __init__(
        self,
        jobs: Iterable[Job],
        read: Callable[[Job], Iterator[Page]],
        threads: int,
        stopped: threading.Event,
    ) -> None:
        self._jobs = deque(jobs)
        self._read = read
        self._stopped = stopped
        self._brought: queue.Queue[Brought[Job, Page] | None] = queue.Queue(PAGES_WAITING)
        self._running = min(threads, len(self._jobs))

    def batches(self, seconds: float) -> Generator[list[Brought[Job, Page]]]:
        """What came in, several at once when the writer is behind; nothing after `seconds`.

        The empty batches let the writer say that it is alive while Asana is slow. Whoever stops
        taking batches stops the readers.
        """
        for number in range(self._running):
            name = f"asana-reader-{number}"
            threading.Thread(target=self._work, name=name, daemon=True).start()
        try:
            while self._running:
                yield self._next(seconds)
        finally:
            if self._running:
                self._stopped.set()

    def _next(self, seconds: float) -> list[Brought[Job, Page]]:
        batch: list[Brought[Job, Page]] = []
        try:
            self._take(batch, self._brought.get(timeout=seconds))
            while len(batch) < PAGES_AT_ONCE:
                self._take(batch, self._brought.get_nowait())
        except queue.Empty:
            pass
        return batch

    def _take(self, batch: list[Brought[Job, Page]], item: Brought[Job, Page] | None) -> None:
        if item is None:
            self._running -= 1
        else:
            batch.append(item)

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                job = self._jobs.popleft()
            except IndexError:
                break
            try:
                for page in self._read(job):
                    self._hand_over(Brought(job, page))
            except Exception as error:
                self._hand_over(Brought(job, error=error))
        self._hand_over(None)

    def _hand_over(self, item: Brought[Job, Page] | None) -> None:
        while True:
            try:
                return self._brought.put(item, timeout=0.5)
            except queue.Full:
                if self._stopped.is_set():
                    return None
