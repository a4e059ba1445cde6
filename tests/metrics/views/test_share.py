"""What a client sees by its link, and everything that it must not see."""

import io
import logging
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import Client
from godview.logs import formatter
from tasks import sharing
from tasks.models import SharedWeek, WeekNote
from tests.factories.cast import make_cast
from tests.factories.clients import ClientGoalFactory, GoalReadingFactory, ObligationFactory
from tests.factories.tasks import WeeklyGoalFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 14, 32, tzinfo=UTC)
THIS_WEEK, NEXT_WEEK = date(2026, 11, 16), date(2026, 11, 23)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _thursday_of_week_47():
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


def goal_of(client, text, week=THIS_WEEK, **told):
    return WeeklyGoalFactory(client=client, text=text, week_starts_on=week, **told)


@pytest.fixture
def token(cast):
    serves = ClientGoalFactory(
        client=cast.client_a, name="Leads <90>", starts_on=date(2026, 10, 10)
    )
    GoalReadingFactory(goal=serves, value=110, read_on=date(2026, 11, 18))
    goal_of(cast.client_a, "Feed live", status="met")
    goal_of(cast.client_a, "Form <b>agreed</b>", status="missed", note="Secret reason")
    goal_of(cast.client_a, "Banner drawn", status="deleted")
    goal_of(cast.client_a, "Extra call", unplanned=True)
    goal_of(cast.client_a, "Not promised yet", week=NEXT_WEEK, committed_at=None)
    goal_of(cast.client_b, "Somebody else’s goal")
    WeekNote.objects.create(
        client=cast.client_a, week_starts_on=THIS_WEEK, text="Secret note", saved_at=THURSDAY
    )
    return link_for(cast)


def link_for(cast, now=THURSDAY):
    return sharing.create_link(client=cast.client_a, by=cast.manager.staff, now=now)[1]


def opened(token, **headers):
    return Browser().get(f"/share/{token}/", headers=headers)


def test_a_client_reads_its_promised_goals_and_its_pace_in_plain_words(cast, token):
    text = " ".join(opened(token).content.decode().split())
    for words in (
        cast.client_a.name,
        "Week 47, 16 Nov to 22 Nov 2026",
        "Feed live",
        "Done",
        "Not done",
        "Withdrawn",
        "In work",
        "added during the week",
        "Leads &lt;90&gt;",
        "Form &lt;b&gt;agreed&lt;/b&gt;",
        "<b>Behind</b>",
        f"Your account manager is {cast.manager.staff.name}.",
    ):
        assert words in text


def test_no_internal_word_and_no_other_client_is_on_it(cast, token):
    text = opened(token).content.decode()
    hidden = ["Secret", "Not promised yet", "Somebody else", "Off pace", "<b>agreed", "/clients/"]
    hidden += [cast.client_b.name, cast.designer.staff.name, cast.director.staff.name]
    others = Client.objects.exclude(pk=cast.client_a.pk).values_list("name", flat=True)
    assert [words for words in (*hidden, *others) if words in text] == []


def test_it_is_neither_kept_nor_indexed_nor_passed_on_and_sets_no_cookie(token):
    response = opened(token)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in response.content.decode()
    assert response.cookies == {}


def test_the_first_opening_by_the_client_is_kept(token):
    opened(token)
    with time_machine.travel(THURSDAY + timedelta(hours=1), tick=False):
        opened(token)
    assert SharedWeek.objects.get().first_opened_at == THURSDAY


def test_our_own_people_a_head_and_a_guess_ahead_prove_nothing(cast, token):
    browser = Browser()
    browser.force_login(cast.manager, backend=BACKEND)
    assert browser.get(f"/share/{token}/").status_code == 200
    Browser().head(f"/share/{token}/")
    opened(token, Sec_Purpose="prefetch")
    assert SharedWeek.objects.get().first_opened_at is None


def test_unknown_expired_and_revoked_links_answer_alike(cast, token):
    revoked, expired = link_for(cast), link_for(cast, THURSDAY - timedelta(days=90))
    sharing.revoke(link=sharing.link_of(revoked, THURSDAY), now=THURSDAY)
    answers = [opened(one) for one in ("x", token[:-1], token.swapcase(), revoked, expired)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "Ask your account manager at Your agency for a new one" in answers[0].content.decode()
    assert "noindex" in answers[0]["X-Robots-Tag"]


def test_nobody_tries_more_than_sixty_times_a_minute(token):
    browser = Browser()
    tried = {browser.get(f"/share/guess{number}/").status_code for number in range(60)}
    assert tried == {404}
    assert browser.get(f"/share/{token}/").status_code == 429


def test_it_only_reads(token):
    assert Browser().post(f"/share/{token}/").status_code == 405


def test_the_token_is_in_no_log_line(token):
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    loggers = [root, logging.getLogger("django.request"), logging.getLogger("django_structlog")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        opened(token)
        opened(f"{token}x")
        logging.getLogger("django.request").error("Broken at %s", f"/share/{token}/")
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
    assert "/share/…" in lines.getvalue()
    assert token not in lines.getvalue()


def test_a_page_costs_few_queries(token, django_assert_max_num_queries):
    opened(token)
    with django_assert_max_num_queries(12):
        opened(token)


def test_the_page_speaks_the_clients_language_whatever_the_browser_asks_for(cast, token):
    Client.objects.filter(pk=cast.client_a.pk).update(language="pl")
    page = Browser(headers={"accept-language": "ru"}).get(f"/share/{token}/")
    assert page.headers["Content-Language"] == "pl"
    assert '<html lang="pl"' in page.content.decode()
    Client.objects.filter(pk=cast.client_a.pk).update(language="")
    page = Browser(headers={"accept-language": "ru"}).get(f"/share/{token}/")
    assert '<html lang="en"' in page.content.decode()


def test_what_we_wait_for_from_the_client_is_said(cast, token):
    ObligationFactory(
        client=cast.client_a, text="Approve the form.", asked_at=THURSDAY - timedelta(days=1)
    )
    ObligationFactory(client=cast.client_b, text="Somebody else’s duty", asked_at=THURSDAY)
    page = Browser().get(f"/share/{token}/").content.decode()
    assert "What we wait for from you" in page
    assert "Approve the form." in page
    assert "Somebody else’s duty" not in page
