"""Pictures of every page of a running God View: three widths, light and dark, some languages.

Look at them beside the last ones before every release: no test sees that something is ugly.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from launch.environment import ROOT
from launch.state import State
from tests.services.browser import launch_arguments

FOLDER = ROOT / "screenshots"
SIZES = {"desk": (1440, 900), "phone": (390, 844), "wall": (1920, 1080)}
SCHEMES = ("light", "dark")
IMAGES = ROOT / "docs" / "images"
IN_THE_DOCUMENTATION = ("today", "client")
DOORS = ("sign-in",)  # seen by who is not signed in
# Shown by a link that is made for the pictures and revoked after them: where it is made, the
# form that makes it, and the field that shows it.
LINKS = {
    "wall": ("/settings/wall/", "", "main form:has(#id_title)", "#wall-address"),
    "shared-with-client": (
        "/clients/?pace=off",
        "tbody th a",
        "#share > header form",
        "#share-address",
    ),
}
NAME_OF_LINK = "For the pictures"
DEMO_ADMIN = "admin@demo.example"  # sees every page; links are made by somebody on the staff
MAKES_LINKS = {DEMO_ADMIN: "leader@demo.example"}
# A name, an address, and for one of many: the link on that page that leads to it.
PAGES = (
    ("sign-in", "/accounts/login/", ""),
    ("today", "/", ""),
    ("today-contact", "/?marks=contact", ""),
    ("attention", "/attention/", ""),
    ("attention-judge", "/attention/judge/", ""),
    ("clients", "/clients/", ""),
    ("clients-off-pace", "/clients/?pace=off", ""),
    ("client", "/clients/?pace=off&contact=over", "tbody th a"),
    ("contacts", "/clients/?pace=off", "tbody th a|contacts/"),
    ("client-tasks", "/clients/?pace=off", "tbody th a|tasks/"),
    ("log-contact", "/clients/?pace=off", "tbody th a|contact/"),
    ("ask-client", "/clients/?pace=off", "tbody th a|ask/"),
    ("agree-goal", "/clients/?pace=off", "tbody th a|goals/"),
    ("why-pace", "/why/clients_on_pace/", ""),
    ("why-kept", "/why/client_retention_rate/", ""),
    ("pods", "/pods/", ""),
    ("pod", "/", ".pod [role=rowheader] a"),
    ("people", "/people/", ""),
    ("grid-of-weeks", "/goals/", ""),
    ("person", "/", ".lines.two a"),
    ("departments", "/departments/", ""),
    ("department", "/departments/", "tbody th a"),
    ("search", "/search/?q=den", ""),
    ("my-week", "/week/", ""),
    ("week-summary", "/week/summary/", ""),
    ("meetings", "/meetings/", ""),
    ("pod-meeting", "/meetings/", "section:has(#h-pods) li > a:not(.to)"),
    ("pod-record", "/meetings/", "section:has(#h-pods) a.to"),
    ("growth-review", "/meetings/", "section:has(#h-reviews) li > a|../1/"),
    ("growth-review-end", "/meetings/", "section:has(#h-reviews) li > a"),
    ("money", "/money/", ""),
    ("segments", "/segments/", ""),
    ("segments-rules", "/segments/rules/", ""),
    ("segments-capacity", "/segments/capacity/", ""),
    ("survival", "/survival/", ""),
    ("survival-by", "/survival/?by=size", ""),
    ("winback", "/winback/", ""),
    ("winback-add", "/winback/add/", ""),
    ("experiments", "/experiments/", ""),
    ("experiment", "/experiments/", "td.name a"),
    ("plan-a-test", "/experiments/new/", ""),
    ("tactics", "/tactics/", ""),
    ("coaching", "/coaching/", ""),
    ("surveys", "/surveys/", ""),
    ("deadlines", "/deadlines/", ""),
    ("promise", "/deadlines/", "tbody th a"),
    ("training", "/training/", ""),
    ("training-matrix", "/training/matrix/", ""),
    ("import", "/import/", ""),
    ("settings", "/settings/", ""),
    ("glossary", "/settings/glossary/", ""),
    ("limits", "/settings/limits/", ""),
    ("api-tokens", "/settings/api-tokens/", ""),
    ("welcome", "/welcome/", ""),
    ("remove-demo", "/welcome/demo/", ""),
    ("wall-links", "/settings/wall/", ""),
    ("asana", "/settings/asana/", ""),
    ("asana-runs", "/settings/asana/runs/", ""),
    ("connect", "/connect/asana/token/", ""),
    ("connect-projects", "/connect/asana/projects/", ""),
    ("connect-report", "/connect/asana/report/", ""),
    ("components", "/styleguide/", ""),
    ("password", "/accounts/password/change/", ""),
    ("not-found", "/nowhere/", ""),
)


def main() -> None:
    told = _arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for path in _for_the_documentation(browser, told) if told.docs else _all(browser, told):
            sys.stdout.write(f"{path}\n")
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/screenshots", description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--email", default=DEMO_ADMIN)
    parser.add_argument("--password", help="by default the demo's own")
    parser.add_argument("--only", help="only the pages whose name contains this")
    parser.add_argument("--languages", default="en", help="for example en,ru (default: en)")
    parser.add_argument("--sizes", default=",".join(SIZES), help="some of %(default)s")
    parser.add_argument("--schemes", default=",".join(SCHEMES), help="some of %(default)s")
    parser.add_argument(
        "--docs", action="store_true", help="only the pictures that the README shows"
    )
    return parser.parse_args()


def _all(browser: Browser, told: argparse.Namespace) -> Iterator[Path]:
    FOLDER.mkdir(exist_ok=True)
    names = [name for name, _, _ in PAGES if not told.only or told.only in name]
    with _links(browser, told) as linked:
        yield from _each(browser, told, names, linked)


def _each(
    browser: Browser, told: argparse.Namespace, names: list[str], linked: dict[str, str]
) -> Iterator[Path]:
    for language in told.languages.split(","):
        for size in told.sizes.split(","):
            for scheme in told.schemes.split(","):
                look = (SIZES[size], scheme, language)
                page = _signed_in(browser, told, *look)
                for name in names:
                    path = FOLDER / f"{name}-{size}-{scheme}-{language}.png"
                    shown = _visitor(browser, told, *look) if name in DOORS else page
                    _open(shown, name)
                    shown.screenshot(path=path, full_page=name != "clients")
                    yield path.relative_to(ROOT)
                page.context.close()
                for name, address in linked.items():
                    path = FOLDER / f"{name}-{size}-{scheme}-{language}.png"
                    shown = _visitor(browser, told, *look)
                    shown.goto(address)
                    shown.wait_for_load_state("networkidle")
                    shown.screenshot(path=path, full_page=True)
                    shown.context.close()
                    yield path.relative_to(ROOT)


@contextmanager
def _links(browser: Browser, told: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Made once for all the pictures, and revoked after them."""
    wanted = [name for name in LINKS if not told.only or told.only in name]
    if not wanted:
        yield {}
        return
    maker = MAKES_LINKS.get(told.email, told.email)
    page = _signed_in(browser, told, SIZES["desk"], "light", "en", maker)
    made: list[str] = []  # the pages on which something was made; the newest link is the first
    try:
        yield {name: _make(page, made, *LINKS[name]) for name in wanted}
    finally:
        for place in made:
            page.goto(place)
            page.locator("form[action*='revoke'] button").first.click()
            page.wait_for_load_state()
        page.context.close()


def _make(page: Page, made: list[str], start: str, way: str, form: str, field: str) -> str:
    """The address that the new link shows."""
    page.goto(start)
    if way:
        page.locator(way).first.click()
        page.wait_for_load_state()
    making, place = page.locator(form), page.url
    for title in making.locator("input[type=text]").all():
        title.fill(NAME_OF_LINK)
    making.locator("button[type=submit]").click()
    made.append(place)
    return page.locator(field).input_value()


def _for_the_documentation(browser: Browser, told: argparse.Namespace) -> Iterator[Path]:
    page = _signed_in(browser, told, SIZES["desk"], "light", "en")
    for name in IN_THE_DOCUMENTATION:
        path = IMAGES / f"{name}.png"
        _open(page, name)
        page.screenshot(path=path)
        yield path.relative_to(ROOT)


def _signed_in(
    browser: Browser,
    told: argparse.Namespace,
    size: tuple[int, int],
    scheme: str,
    language: str,
    email: str = "",
) -> Page:
    page = _visitor(browser, told, size, scheme, language)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email or told.email)
    page.fill("input[name=password]", told.password or State(ROOT / ".state").demo_password())
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{told.address}/")
    return page


def _visitor(
    browser: Browser, told: argparse.Namespace, size: tuple[int, int], scheme: str, language: str
) -> Page:
    """The choice of language goes by the cookie of this browser; the person's own stays."""
    width, height = size
    context = browser.new_context(
        base_url=told.address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    context.add_cookies([{"name": "language", "value": language, "url": told.address}])
    return context.new_page()


def _open(page: Page, name: str) -> None:
    """An address; from there by a link, and from there perhaps to an address under it."""
    address, link = next((address, link) for known, address, link in PAGES if known == name)
    page.goto(address)
    if link:
        link, _, below = link.partition("|")
        href = page.locator(link).first.get_attribute("href") or address
        page.goto(href.split("?")[0] + below if below else href)
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
