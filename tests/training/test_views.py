from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clients.models import Staff
from tests.factories.clients import StaffFactory
from tests.factories.training import (
    AttemptFactory,
    ModuleVersionFactory,
    RequirementFactory,
    attempted,
)
from tests.training.conftest import signed_in
from training.models import ModuleVersion

pytestmark = pytest.mark.django_db

MODULES = reverse("training:modules")


def days_ago(count: int) -> date:
    return timezone.localdate() - timedelta(days=count)


def required(title: str, **fields: object) -> ModuleVersion:
    version = ModuleVersionFactory(module__title=title, module__slug=title.lower(), questions=2)
    RequirementFactory(module=version.module, starts_on=days_ago(30), **fields)
    return version


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "url",
    [MODULES, "/training/matrix/", "/training/matrix.csv", "/training/x/", "/training/people/x/"],
)
def test_who_is_signed_out_is_sent_to_sign_in(client: Client, url: str):
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_my_modules_say_what_is_due_overdue_and_passed(ana: Staff):
    required("Calls", due_within_days=10)
    required("Reports", due_within_days=60)
    attempted(ana, required("Safety"), 90, days_ago(5))
    ModuleVersionFactory(module__title="Poetry")
    text = page(signed_in(ana), MODULES)
    assert "1 of 3 required modules passed" in text
    assert "1 module is overdue" in text
    assert text.index("Calls") < text.index("Reports") < text.index("Safety") < text.index("Poetry")
    assert "90%" in text
    assert "Not required" in text


def test_an_empty_school_says_what_a_module_is(ana: Staff):
    assert "No modules yet" in page(signed_in(ana), MODULES)


def test_an_administrator_without_a_staff_row_is_told_why_there_is_nothing(ada: object):
    required("Calls")
    assert "You are not on the staff list" in page(signed_in(ada), MODULES)
    text = page(signed_in(ada), "/training/calls/")
    assert "not linked" in text
    assert "Start the assessment" not in text


def test_only_a_leader_is_offered_to_edit_modules(ana: Staff, lee: Staff):
    assert "Edit modules" not in page(signed_in(ana), MODULES)
    assert "Edit modules" in page(signed_in(lee), MODULES)


def test_a_module_shows_its_text_its_rules_and_where_i_stand(ana: Staff):
    version = required("Calls", due_within_days=10)
    ModuleVersion.objects.update(
        body="Call back.\n\n<b>Always.</b>", video_url="https://video.example/1", months_valid=12
    )
    attempted(ana, version, 60, days_ago(3))
    text = page(signed_in(ana), "/training/calls/")
    for expected in ("<p>Call back.</p>", "&lt;b&gt;Always", "https://video.example/1", "80%"):
        assert expected in text
    for expected in ("12 months", "Not passed", "60%", "Overdue", "Take it again"):
        assert expected in text


def test_a_draft_or_a_retired_module_is_not_found(ana: Staff):
    ModuleVersionFactory(module__slug="draft", published_on=None)
    ModuleVersionFactory(module__slug="retired", module__retired_on=days_ago(1))
    for slug in ("draft", "retired", "none-such"):
        assert signed_in(ana).get(f"/training/{slug}/").status_code == 404
        assert signed_in(ana).post(f"/training/{slug}/start/").status_code == 404


def test_a_new_version_shows_its_own_text_and_opens_the_module_again(ana: Staff):
    version = required("Calls", due_within_days=10)
    attempted(ana, version, 90, days_ago(20))
    ModuleVersionFactory(
        module=version.module, number=2, published_on=days_ago(1), what_changed="Dial-in numbers"
    )
    text = page(signed_in(ana), "/training/calls/")
    assert "New version" in text
    assert "Dial-in numbers" in text


def test_reading_changes_nothing(ana: Staff):
    required("Calls")
    page(signed_in(ana), "/training/calls/")
    assert not ana.attempts.exists()
    assert signed_in(ana).get("/training/calls/start/").status_code == 405


def test_a_person_page_is_for_those_who_answer_for_that_person(
    ana: Staff, ben: Staff, dora: Staff, lee: Staff, ada: object
):
    attempted(ana, required("Calls"), 60, days_ago(3))
    for who in (ana, dora, lee, ada):
        assert "60%" in page(signed_in(who), "/training/people/ana/")
    for who, other in ((ben, "ana"), (ana, "dora"), (dora, "ben"), (ben, "none-such")):
        assert signed_in(who).get(f"/training/people/{other}/").status_code == 404


def test_pages_ask_a_bounded_number_of_queries(ana: Staff, django_assert_max_num_queries: object):
    for number in range(12):
        attempted(ana, required(f"M{number}", due_within_days=3), 60 + 3 * number, days_ago(2))
    AttemptFactory(staff=ana, version=required("Open"))
    StaffFactory.create_batch(10)
    browser = signed_in(ana)
    for url in (MODULES, "/training/m3/", "/training/people/ana/"):
        with django_assert_max_num_queries(16):
            browser.get(url)
