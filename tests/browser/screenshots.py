"""Pictures of every page of a running God View, in three widths, light and dark.

Look at them beside the last ones before every release: no test sees that something is ugly.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from launch.environment import ROOT
from launch.state import State
from tests.services.browser import launch_arguments

FOLDER = ROOT / "screenshots"
SIZES = {"desk": (1440, 900), "phone": (390, 844), "wall": (1920, 1080)}
SCHEMES = ("light", "dark")
# A name, an address, and for one of many: the link on that page that leads to it.
PAGES = (
    ("sign-in", "/accounts/login/", ""),
    ("today", "/", ""),
    ("today-contact", "/?marks=contact", ""),
    ("clients", "/clients/", ""),
    ("clients-off-pace", "/clients/?pace=off", ""),
    ("client", "/clients/?pace=off", "tbody th a"),
    ("why-pace", "/why/clients_on_pace/", ""),
    ("why-kept", "/why/client_retention_rate/", ""),
    ("pods", "/pods/", ""),
    ("pod", "/", ".pod [role=rowheader] a"),
    ("people", "/people/", ""),
    ("person", "/", ".lines.two a"),
    ("departments", "/departments/", ""),
    ("my-week", "/week/", ""),
    ("money", "/money/", ""),
    ("segments", "/segments/", ""),
    ("segments-capacity", "/segments/capacity/", ""),
    ("survival", "/survival/", ""),
    ("survival-by", "/survival/?by=size", ""),
    ("winback", "/winback/", ""),
    ("winback-add", "/winback/add/", ""),
    ("experiments", "/experiments/", ""),
    ("experiment", "/experiments/", "td.name a"),
    ("plan-a-test", "/experiments/new/", ""),
    ("tactics", "/tactics/", ""),
    ("deadlines", "/deadlines/", ""),
    ("promise", "/deadlines/", "tbody th a"),
    ("training", "/training/", ""),
    ("training-matrix", "/training/matrix/", ""),
    ("import", "/import/", ""),
    ("asana", "/settings/asana/", ""),
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
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                page = _signed_in(browser, told, width, height, scheme)
                for path in _shoot(page, told, f"{size}-{scheme}"):
                    sys.stdout.write(f"{path}\n")
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/screenshots", description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--email", default="admin@demo.example")
    parser.add_argument("--password", help="by default the demo's own")
    parser.add_argument("--only", help="only the pages whose name contains this")
    return parser.parse_args()


def _signed_in(
    browser: Browser, told: argparse.Namespace, width: int, height: int, scheme: str
) -> Page:
    context = browser.new_context(
        base_url=told.address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", told.email)
    page.fill("input[name=password]", told.password or State(ROOT / ".state").demo_password())
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{told.address}/")
    return page


def _shoot(page: Page, told: argparse.Namespace, kind: str) -> Iterator[Path]:
    FOLDER.mkdir(exist_ok=True)
    for name, address, link in PAGES:
        if told.only and told.only not in name:
            continue
        page.goto(address)
        if link:
            page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
        path = FOLDER / f"{name}-{kind}.png"
        page.screenshot(path=path, full_page=name != "clients")
        yield path.relative_to(ROOT)


if __name__ == "__main__":
    main()
