"""What pages cost a phone on the first visit, beside what they may cost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from clients.models import Client, Staff, User
from godview.access import Role
from metrics.bench.pages import leader, signed_in
from metrics.bench.phone import KB, Visit, chromium, first_visit, summary
from metrics.bench.served import served
from metrics.models import WallLink
from metrics.wall_links import create_link

LATIN, POLISH, CYRILLIC = 38, 19, 22
CSS, JS, TOTAL, REQUESTS, PLOTLY = 10, 24, 90, 8, 395
WEEK_JS = 27  # it keeps what is typed while the server is away
LCP_S, CLS, INP_MS = 2.0, 0.02, 150


@dataclass(frozen=True, slots=True)
class Page:
    """Sizes in KB of 1,024 bytes. A page with a total loads no library that draws charts."""

    name: str
    url: str
    user: User | None
    html: int | None = None
    js: int = JS
    total: int | None = TOTAL
    fonts: int = LATIN
    requests: int = REQUESTS
    language: str = "en"
    use: Callable[[Any], None] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    page: str
    what: str
    figure: float
    budget: float

    @property
    def is_kept(self) -> bool:
        return self.figure <= self.budget


def lines(rounds: int) -> list[Line]:
    """Each figure of each page; the database holds the agency to look at."""
    pages = _pages()
    cookies = {page.name: _cookies(page) for page in pages}
    with served() as address, chromium() as browser:
        found: list[Line] = []
        for page in pages:
            url = address + page.url
            first_visit(browser, url, cookies[page.name], None)  # the server's own first time
            visits = [
                first_visit(browser, url, cookies[page.name], page.use) for _ in range(rounds)
            ]
            found += _lines(page, summary(visits))
    return found


def _pages() -> list[Page]:
    boss = leader()
    manager = Staff.objects.with_role(Role.ACCOUNT_MANAGER).order_by("pk")[0]
    manager.user = User.objects.create_user("manager@bench.example", None)
    manager.save(update_fields=["user"])
    client = _client_with_a_chart()
    _, token = create_link(
        title="Wall",
        scope="agency",
        names=WallLink.Names.NONE,
        rotates=False,
        by=boss.staff,
        now=timezone.now(),
    )
    more = {"fonts": LATIN + POLISH, "requests": REQUESTS + 1, "total": TOTAL + POLISH}
    other = {"fonts": LATIN + CYRILLIC, "requests": REQUESTS + 1, "total": TOTAL + CYRILLIC}
    return [
        Page("today", reverse("today"), boss, html=14, use=_look_around),
        Page("week", reverse("week"), manager.user, html=14, js=WEEK_JS, use=_write_a_note),
        Page("wall", reverse("wall", args=[token]), None),
        Page("client", client.get_absolute_url(), boss, html=12, total=None, use=_log_a_contact),
        Page("today, Polish", reverse("today"), boss, language="pl", **more),  # type: ignore[arg-type]
        Page("today, Russian", reverse("today"), boss, language="ru", **other),  # type: ignore[arg-type]
    ]


def _client_with_a_chart() -> Client:
    """Served today, with the most readings of a goal that still runs."""
    today = timezone.localdate()
    return (
        Client.objects.served_on(today)
        .filter(goals__ends_on__gt=today)
        .annotate(read=Count("goals__readings"))
        .order_by("-read", "pk")[0]
    )


def _cookies(page: Page) -> dict[str, str]:
    language = {"language": page.language}
    if page.user is None:
        return language
    # Over HTTP the cookie has Django's own name, whatever this process would call it.
    return {**language, "sessionid": str(signed_in(page.user).session.session_key)}


def _look_around(page: Any) -> None:
    page.locator("#client-map a", has_text="Contact").first.click()
    page.wait_for_timeout(500)
    page.keyboard.press("Control+k")
    page.wait_for_timeout(500)
    page.keyboard.type("Client 0001", delay=60)


def _write_a_note(page: Any) -> None:
    field = page.locator("#week input[name=note]:visible, #week input[name=text]:visible").first
    field.click()
    page.keyboard.type("Waiting for the client", delay=60)
    page.wait_for_timeout(1200)
    page.keyboard.press("Tab")


def _log_a_contact(page: Any) -> None:
    page.locator("summary", has_text="Log contact").first.click()
    page.wait_for_timeout(300)
    for chart in page.locator("[data-figure]").all()[:1]:
        chart.scroll_into_view_if_needed()
        page.wait_for_timeout(4000)
    page.keyboard.press("Control+k")
    page.wait_for_timeout(500)
    page.keyboard.type("Client 0001", delay=60)


def _lines(page: Page, visit: Visit) -> Iterator[Line]:
    """Parts of 1,024 bytes, seconds for the largest paint, milliseconds for an answer."""
    sizes = visit.sizes
    if page.html is not None:
        yield Line(page.name, "HTML, KB", round(sizes["html"] / KB, 1), page.html)
    yield Line(page.name, "CSS, KB", round(sizes["css"] / KB, 1), CSS)
    yield Line(page.name, "JavaScript, KB", round(sizes["js"] / KB, 1), page.js)
    yield Line(page.name, "fonts, KB", round(sizes["fonts"] / KB, 1), page.fonts)
    if page.total is not None:
        yield Line(page.name, "all, KB", round(visit.total / KB, 1), page.total)
        yield Line(page.name, "library for charts, KB", round(visit.plotly / KB, 1), 0)
    else:
        yield Line(page.name, "library for charts, KB", round(visit.plotly / KB, 1), PLOTLY)
        yield Line(page.name, "library asked for before text", not visit.plotly_came_after_text, 0)
        yield Line(page.name, "library not kept for good", not visit.plotly_is_kept, 0)
    yield Line(page.name, "requests", visit.requests, page.requests)
    yield Line(page.name, "largest paint, s", round(visit.lcp_ms / 1000, 2), LCP_S)
    yield Line(page.name, "layout shift", round(visit.cls, 3), CLS)
    if visit.inp_ms is not None:
        yield Line(page.name, "answer to a person, ms", round(visit.inp_ms), INP_MS)
