"""A mid phone on 4G, played by Chromium: what one page costs it on the first visit."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

KB = 1024
# Lighthouse's mobile profile: 150 ms to each answer, 1.6 Mbit/s down, 750 kbit/s up, and a
# processor four times slower than this machine's.
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SCREEN = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PATIENCE_MS = 30_000
QUIET_MS = 1_500
BUSY_SECONDS = 0.5
KINDS = {
    "html": re.compile(r"/$"),
    "css": re.compile(r"\.css$"),
    "js": re.compile(r"\.js$"),
    "fonts": re.compile(r"\.woff2$"),
}
PLOTLY = re.compile(r"/plotly[\w.-]*\.js$")
# What Chromium tells of painting, shifting and answering is kept from the very beginning.
WATCH = """
window.seen = {lcp: 0, cls: 0, fcp: 0, answers: {}};
const watch = (type, deed, more) => new PerformanceObserver(
  (list) => list.getEntries().forEach(deed)
).observe({type, buffered: true, ...more});
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("paint", ({name, startTime}) => {
  if (name === "first-contentful-paint") seen.fcp = startTime;
});
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
watch("event", ({interactionId, duration}) => {
  if (!interactionId) return;
  seen.answers[interactionId] = Math.max(seen.answers[interactionId] ?? 0, duration);
}, {durationThreshold: 16});
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Sizes are what came over the wire, in bytes; moments are ms after the page was asked for."""

    sizes: dict[str, int]
    total: int  # without the library that draws charts
    requests: int  # likewise; the icon of the tab always counts
    plotly: int  # by the end, when a person has looked at the charts
    plotly_is_kept: bool
    plotly_came_after_text: bool
    lcp_ms: float
    cls: float
    inp_ms: float | None


@contextmanager
def chromium() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright

        from tests.services.browser import launch_arguments
    except ImportError as error:
        raise RuntimeError("This bench needs the packages of requirements/test.txt") from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        try:
            yield browser
        finally:
            browser.close()


def first_visit(
    browser: Any, url: str, cookies: dict[str, str], use: Callable[[Any], None] | None
) -> Visit:
    """Nothing cached; `use` then types and clicks on the page as a person would."""
    context = browser.new_context(**SCREEN)
    context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        answers: list[Any] = []
        page.on("requestfinished", lambda request: answers.append(request))
        page.add_init_script(WATCH)
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", NETWORK)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(url, wait_until="load")
        page.wait_for_timeout(QUIET_MS)
        page.wait_for_load_state("networkidle")
        fetched = list(answers)
        painted = page.evaluate("seen")
        slowest = None
        if use is not None:
            use(page)
            page.wait_for_timeout(QUIET_MS)
            slowest = max(page.evaluate("Object.values(seen.answers)"), default=0.0)
        library = [request for request in answers if PLOTLY.search(request.url)]
        return _visit(fetched, library, painted, slowest)
    finally:
        context.close()


def _visit(
    fetched: list[Any], plotly: list[Any], painted: dict[str, Any], inp: float | None
) -> Visit:
    own = [request for request in fetched if request not in plotly]
    size = {request: request.sizes()["responseBodySize"] for request in [*own, *plotly]}
    sizes = {
        kind: sum(size[r] for r in own if pattern.search(r.url.partition("?")[0]))
        for kind, pattern in KINDS.items()
    }
    has_icon = any("favicon" in request.url for request in own)
    text_at = painted["fcp"]
    return Visit(
        sizes=sizes,
        total=sum(size[request] for request in own),
        requests=len(own) + (not has_icon),
        plotly=sum(size[request] for request in plotly),
        plotly_is_kept=all("immutable" in _kept(request) for request in plotly),
        plotly_came_after_text=all(_asked_at(r, fetched[0]) > text_at for r in plotly),
        lcp_ms=painted["lcp"],
        cls=painted["cls"],
        inp_ms=inp,
    )


def _kept(request: Any) -> str:
    return str(request.response().headers.get("cache-control", ""))


def _asked_at(request: Any, page: Any) -> float:
    """In ms after the page itself was asked for."""
    return float(request.timing["startTime"] - page.timing["startTime"])


def share_of_a_processor() -> float:
    """1 when nobody else wants it; the moments that are measured mean something only near that."""
    began, worked = perf_counter(), process_time()
    while process_time() - worked < BUSY_SECONDS:
        pass
    return BUSY_SECONDS / (perf_counter() - began)


def summary(visits: list[Visit]) -> Visit:
    """The quickest of the moments: other programs of this machine can only make them later. Of
    everything else the worst."""
    answered = [visit.inp_ms for visit in visits if visit.inp_ms is not None]
    worst = max(visits, key=lambda visit: visit.total)
    return Visit(
        sizes=worst.sizes,
        total=worst.total,
        requests=max(visit.requests for visit in visits),
        plotly=max(visit.plotly for visit in visits),
        plotly_is_kept=all(visit.plotly_is_kept for visit in visits),
        plotly_came_after_text=all(visit.plotly_came_after_text for visit in visits),
        lcp_ms=min(visit.lcp_ms for visit in visits),
        cls=max(visit.cls for visit in visits),
        inp_ms=min(answered) if answered else None,
    )
