"""Asana is set up in a real browser, with a real worker, from nothing to the report."""

import re

import pytest
from playwright.sync_api import expect

from tasks.models import AsanaConnection, Task
from tests.asana_double import AsanaDouble
from tests.browser.conftest import PHONE
from tests.factories.cast import make_cast
from tests.factories.clients import ClientFactory
from tests.services.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agency(transactional_db):
    """People and clients, and no Asana yet."""
    ClientFactory(name="Zenith")
    return make_cast()


@pytest.fixture
def asana(settings):
    with AsanaDouble() as double:
        settings.ASANA_BASE_URL = double.url
        settings.ASANA_RETRY_SECONDS = 0.01
        double.state.add_user("Manager", "manager@agency.example")
        double.state.add_user("Studio", "studio@elsewhere.example")
        for name in ("Acme: search", "Zenit", "Internal", *(f"Old {n}" for n in range(3))):
            project = double.state.add_project(name)
            double.state.add_task("Do it", [project.gid])
        yield double


@pytest.fixture
def worker(transactional_db, broker, asana, tmp_path):
    worker = Worker(tmp_path / "worker.log", ASANA_BASE_URL=asana.url)
    yield worker
    worker.stop()


def heading(page):
    return page.get_by_role("heading", level=1)


def test_asana_is_connected_left_in_mid_read_and_reported(visit, asana, worker, axe):
    seen = visit(who="leader")
    page = seen.open("/settings/asana/")
    page.get_by_role("main").get_by_role("link", name="Connect Asana").click()

    page.get_by_label("Personal access token").fill("mistyped")
    page.get_by_role("button", name="Check this token").click()
    expect(page.locator(".error")).to_contain_text("Asana refused this token")
    page.get_by_label("Client ID").fill("double-app")
    page.get_by_label("Client secret").fill("double-app-secret")
    page.get_by_role("button", name="Allow it in Asana").click()

    expect(heading(page)).to_have_text("Projects")
    expect(page.get_by_text("6 of 6, 5 to decide")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Client of Zenit")).to_have_value("Zenith")
    assert axe(page) == []
    page.get_by_label("Leave Internal out").check()
    page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_label("Who Manager is")).not_to_have_value("")
    page.get_by_label("Studio is nobody of ours").check()
    page.get_by_role("button", name="Save and go on").click()

    asana.latency_ms = 1500
    expect(page.get_by_text("5 projects will be read, 1 left out.")).to_be_visible()
    page.get_by_label("Paid").check()
    page.get_by_role("button", name="Begin the first read").click()
    expect(page.get_by_text(re.compile("of 5"))).to_be_visible(timeout=20_000)
    page.reload()
    expect(page.get_by_role("progressbar")).to_be_visible()
    plain = visit(who="admin", size=PHONE, java_script_enabled=False)
    plain.page.goto("/connect/asana/")
    expect(heading(plain.page)).to_have_text("First read")
    expect(plain.page.get_by_role("progressbar")).to_be_visible()
    assert not plain.leaks_sideways()

    asana.latency_ms = 0
    page.get_by_role("link", name="Report: read, skipped, unmatched").click(timeout=30_000)
    expect(page.get_by_text("5 of 6")).to_be_visible()
    expect(page.locator("#projects tbody tr")).to_have_count(3)
    expect(page.locator("#users")).to_contain_text("Every user is one of our people")
    assert axe(page) == []
    assert Task.objects.count() == 5
    connection = AsanaConnection.objects.get()
    assert (connection.status, connection.requests_per_minute) == ("working", 1500)
    ours = (f"off-origin: {asana.root}", "error: Failed to load resource")
    assert [trouble for trouble in seen.troubles if not trouble.startswith(ours)] == []
