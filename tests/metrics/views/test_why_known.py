"""Every page of numbers can be asked as it was known on a past day, and then says what it said."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import Engagement, Fee, SurveyWave
from metrics.catalogue import CATALOGUE
from metrics.memory import forget_all
from tasks.models import Experiment
from tests.factories.clients import TouchpointFactory, UserFactory
from tests.metrics.lively import DAY, lively
from tests.metrics.views.browsing import links

pytestmark = pytest.mark.django_db
ASKED = "period=2026-09-01..2026-10-01&as_of=2026-10-01&known_on=2010-01-01"
EVENING = datetime.combine(DAY, datetime.max.time(), tzinfo=UTC).replace(microsecond=0)
MUCH_LATER = EVENING + timedelta(days=6)
OF_TEAMS = ("pods/cobalt", "people/ana-ruiz", "departments/search")
PAGES = (
    *("", "attention/", "attention/judge/", "clients/?needs=decision"),
    *("pods/", "people/", "departments/", *(f"{page}/" for page in OF_TEAMS)),
    *("money/", "segments/", "survival/?by=industry", "survival/forecast/", "winback/"),
    *("tactics/", "experiments/", "coaching/", "surveys/"),
)


# One page of each kind of number: that all of them open is tried with all of them.
TOLD = (
    *("", "attention/", "clients/?needs=decision", *(f"{page}/" for page in OF_TEAMS)),
    *("money/", "segments/", "survival/?by=industry", "winback/", "tactics/", "experiments/"),
)


def pages(some: tuple[str, ...] = PAGES) -> list[str]:
    client = Engagement.objects.filter(ended_on=None).earliest("pk").client
    test, wave = Experiment.objects.earliest("pk"), SurveyWave.objects.earliest("pk")
    of_one = [f"clients/{client.slug}/", f"experiments/{test.pk}/"]
    if some is PAGES:
        of_one += [f"clients/{client.slug}/{page}/" for page in ("contacts", "tasks")]
        of_one += [f"surveys/{wave.pk}/"]
    return [*some, *of_one]


@pytest.fixture
def leader() -> Browser:
    browser = Browser()
    browser.force_login(UserFactory(is_superuser=True))
    return browser


@pytest.mark.once
def test_before_anything_was_known_no_page_breaks_and_none_can_be_written_on(leader: Browser):
    scopes = [str(scope) for scope in lively().scopes().values()]
    for number, key in enumerate(list(CATALOGUE)[::12]):
        scope = scopes[number % len(scopes)]
        answer = leader.get(f"/why/{key}/?{ASKED}&scope={scope}")
        assert answer.status_code == 200, (key, scope)
    for scope in scopes:
        assert leader.get(f"/why/mrr/?{ASKED}&scope={scope}").status_code == 200, scope
    for page in pages():
        answer = leader.get(f"/{page}{'&' if '?' in page else '?'}{ASKED}")
        assert answer.status_code == 200, page
        if page == "survival/forecast/":
            continue
        body = answer.content.decode()
        assert "as known on Fri 1 Jan 2010" in body, page
        assert posts(body) <= {"/theme/", "/settings/keys/", "/accounts/logout/"}, page
        onward = [url for url in links(answer) if url.startswith(("/why/", "/pods/", "/money/"))]
        assert [url for url in onward if "known_on=2010-01-01" not in url] == [], page


def posts(body: str) -> set[str]:
    """Where the forms and the buttons of a page would write."""
    forms = re.findall(r"<form[^>]*>", body)
    written = [form for form in forms if re.search(r'method="post"', form, re.IGNORECASE)]
    to = {(re.findall(r'action="([^"]*)"', form) or ["here"])[0] for form in written}
    return to | set(re.findall(r'hx-(?:post|put|patch|delete)="([^"]*)"', body))


def test_as_known_then_every_page_says_what_it_said_then(leader: Browser, monkeypatch: Any):
    # That tasks on time are told as unknown is tried elsewhere; here none has changed since.
    monkeypatch.setattr("metrics.queries.deadlines.is_blind", lambda: False)
    with time_machine.travel(EVENING, tick=False):
        lively()
        asked = pages(TOLD)
        said = {page: told(leader, page) for page in asked}
    with time_machine.travel(MUCH_LATER, tick=False):
        _enter_what_was_late()
        forget_all()
        then = f"as_of={DAY}&known_on={DAY}"
        for page in asked:
            known = told(leader, f"{page}{'&' if '?' in page else '?'}{then}")
            assert known == said[page], page
        for page in ("", "money/"):
            assert told(leader, f"{page}?as_of={DAY}") != said[page], page


def _enter_what_was_late() -> None:
    """A loss, a dearer fee and a contact of before the day, all told of a month later."""
    gone, other = Engagement.objects.filter(ended_on=None).order_by("pk")[:2]
    gone.ended_on = DAY - timedelta(days=20)
    gone.save()
    fee = Fee.objects.filter(client=other.client).latest("starts_on")
    fee.amount *= 3
    fee.save()
    TouchpointFactory(client=other.client, happened_at=EVENING - timedelta(days=1))


def told(browser: Browser, page: str) -> list[str]:
    """Every number on the page, but for those in the words about its days."""
    answer: Any = browser.get(f"/{page}")
    assert answer.status_code == 200, page
    body = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    body = re.sub(r'<section class="banner watch days".*?</section>', "", body, flags=re.DOTALL)
    body = re.sub(r"<(script|style|form)\b.*?</\1>", " ", body, flags=re.DOTALL)
    body = re.sub(r'<a [^>]*href="/(segments/capacity|winback)/.*?</a>', "", body)  # to a form
    return re.findall(r"\S*\d\S*", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("as_of=soon", "is not a day. Write one like 2026-06-30."),
        ("known_on=2026-02-30", "is not a day. Write one like 2026-06-30."),
        ("known_on=2999-01-01", "Write a day from"),
        ("as_of=2026-12-24", "2026-12-24 has not come yet. Choose today or a past day."),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_its_reason(leader: Browser, asked: str, reason: str):
    with time_machine.travel(EVENING, tick=False):
        for page in ("/", "/why/mrr/", "/money/"):
            answer = leader.get(f"{page}?{asked}")
            assert answer.status_code == 400, page
            assert reason in answer.content.decode().replace("&#x27;", "'"), page
        assert leader.get(f"/?known_on={DAY}").status_code == 200
