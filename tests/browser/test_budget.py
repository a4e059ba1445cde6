"""What the first visit of a page costs, and that nothing on it jumps or flashes. No seconds here:
those are measured by `manage.py bench browser`."""

import gzip
import re

import pytest
from playwright.sync_api import Route

from tests.browser.as_served import joined  # noqa: F401
from tests.browser.conftest import DESK, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("joined"),
]
KB = 1024
CSS, ALL, REQUESTS = 10 * KB, 90 * KB, 8
LIBRARY = re.compile(r"/plotly[\w.-]*\.js$")
# Every shift of what was painted, also where somebody has just typed.
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => { shifted += one.value; }))
  .observe({type: "layout-shift", buffered: true});"""
# Whether this machine has one of the fonts that stand in until ours are here: a bare one has none.
STANDS_IN = """() => new FontFace(
  "probe", 'local("Arial"), local("Liberation Sans"), local("Roboto"), local("Helvetica")'
).load().then(() => true, () => false)"""
# The colour under the page in each frame from the very first on.
FRAMES = """window.grounds = new Set();
const look = () => {
  if (document.body) grounds.add(getComputedStyle(document.body).backgroundColor);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


def first_visit(seen, address):
    """What was fetched, compressed; the tab's icon counts also where no window asks for it."""
    bodies = {}
    seen.page.on("response", lambda r: bodies.update({r.url: r.body()}) if r.ok else None)
    seen.page.goto(address, wait_until="load")
    seen.settle()
    if not any("favicon" in url for url in bodies):
        bodies["favicon"] = b""
    return {url: len(gzip.compress(body, 9)) for url, body in bodies.items() if "data:" not in url}


def until(page, is_so):
    """Playwright's own waiting evaluates a text, which the policy of our pages forbids."""
    for _ in range(100):
        if page.evaluate(is_so):
            return
        page.wait_for_timeout(30)
    raise AssertionError(is_so)


@pytest.mark.parametrize(
    ("address", "html", "js"),
    [("/", 14, 24), ("/week/", 14, 27), ("/clients/acme/", 12, 24)],
)
def test_a_page_costs_little_on_a_first_visit(visit, address, html, js):
    """Compressed, and no library that draws charts before text is there."""
    seen = visit()
    packed = first_visit(seen, address)
    library = [url for url in packed if LIBRARY.search(url)]
    own = {url: size for url, size in packed.items() if url not in library}
    assert own[seen.page.url] <= html * KB
    assert sum(size for url, size in own.items() if url.endswith(".css")) <= CSS
    assert sum(size for url, size in own.items() if url.endswith(".js")) <= js * KB
    assert len(own) <= REQUESTS, "\n".join(own)
    if address != "/clients/acme/":
        assert library == []
        assert sum(own.values()) <= ALL


def test_other_pages_ask_for_no_more_files_and_no_more_style(visit):
    for address in ("/clients/", "/attention/", "/pods/amber/", "/people/", "/goals/"):
        packed = first_visit(visit(), address)
        assert len(packed) <= REQUESTS, "\n".join(packed)
        assert sum(size for url, size in packed.items() if url.endswith(".css")) <= CSS


def hold_in(held):
    return lambda route: held.append(route)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=str)
def test_nothing_jumps_when_the_letters_come_late(visit, size):
    """The worst that a slow network can do: the page is painted long before its fonts are here."""
    jumped, most = {}, 0.02
    for address in ("/", "/week/", "/clients/acme/", "/attention/"):
        page = visit(size=size).page
        page.add_init_script(SHIFTS)
        held: list[Route] = []
        page.route("**/*.woff2", hold_in(held))
        page.goto(address, wait_until="domcontentloaded")
        until(page, "performance.getEntriesByName('first-contentful-paint').length")
        page.wait_for_timeout(100)
        assert held
        for font in held:
            font.continue_()
        until(page, "document.fonts.check('16px \"Golos Text\"')")
        page.wait_for_timeout(200)
        jumped[address] = page.evaluate("shifted")
        most = 0.02 if page.evaluate(STANDS_IN) else 0.05
    assert {address: far for address, far in jumped.items() if far > most} == {}


@pytest.mark.parametrize(("theme", "system"), [("dark", "light"), ("light", "dark")])
def test_a_chosen_theme_is_there_from_the_first_frame_on(visit, live_server, theme, system):
    page = visit(color_scheme=system).page
    page.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page.add_init_script(FRAMES)
    for _ in range(2):  # come in, and loaded anew
        page.goto("/", wait_until="load")
        page.wait_for_timeout(100)
        (ground,) = page.evaluate("[...grounds]")
        lightness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
        assert (lightness < 60) == (theme == "dark")
