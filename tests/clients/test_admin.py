"""An administrator runs the agency in the admin: by the deeds, in bulk, and with a report."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clients.importing.kinds import KINDS
from clients.importing.load import load
from clients.models import (
    Assignment,
    Client,
    Engagement,
    ExpectationTerms,
    GoalReading,
    Obligation,
    SignedAgreement,
    Staff,
    User,
)
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import (
    ClientFactory,
    ClientGoalFactory,
    ExpectationTermsFactory,
    FeeFactory,
    GoalReadingFactory,
    PodMembershipFactory,
    StaffFactory,
    TermsRuleFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def at(name: str, *args: Any) -> str:
    return reverse(f"admin:clients_{name}", args=args)


def act(browser: Browser, model: str, action: str, *rows: Any, **more: Any) -> Any:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return browser.post(at(f"{model}_changelist"), chosen, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# -- Bulk deeds -------------------------------------------------------------------------------


def test_clients_are_handed_over_from_today(cast: Cast):
    browser = browser_of(cast.leader)
    asked = act(browser, "client", "hand_over", cast.client_a, cast.client_b)
    assert b"Hand over 2 clients from today" in asked.content
    manager = cast.manager_b.staff
    fields = {"hand_over": "1", "pod": cast.pod_b.pk, "account_manager": manager.pk}
    answer = act(browser, "client", "hand_over", cast.client_a, cast.client_b, **fields)
    assert said(answer) == ["2 handed over."]
    row = Assignment.objects.get(client=cast.client_a, ended_on=None)
    assert (row.pod, row.account_manager) == (cast.pod_b, manager)
    assert row.started_on == timezone.localdate()


def test_a_hand_over_names_somebody(cast: Cast):
    answer = act(browser_of(cast.leader), "client", "hand_over", cast.client_a, hand_over="1")
    assert b"Choose a pod, an account manager or both" in answer.content


def test_a_director_hands_over_to_pods_within_reach_only(cast: Cast):
    browser = browser_of(cast.director)
    asked = act(browser, "client", "hand_over", cast.client_a)
    assert b"Amber" in asked.content
    assert b"Basalt" not in asked.content
    fields = {"hand_over": "1", "pod": cast.pod_b.pk}
    assert (
        b"Select a valid choice"
        in act(browser, "client", "hand_over", cast.client_a, **fields).content
    )
    act(browser, "client", "hand_over", cast.client_b, hand_over="1", pod=cast.pod_a.pk)
    assert Assignment.objects.get(client=cast.client_b).pod == cast.pod_b


def test_engagements_end_today_and_who_cannot_end_is_named(cast: Cast):
    idle = ClientFactory(name="Idle")
    answer = act(browser_of(cast.leader), "client", "end_today", cast.client_a, idle)
    assert said(answer) == ["Idle has no open engagement to end.", "1 ended."]
    assert Engagement.objects.get(client=cast.client_a).ended_on == timezone.localdate()
    assert Engagement.objects.get(client=cast.client_b).ended_on is None


# -- People -----------------------------------------------------------------------------------

NEW = {
    "external_id": "S-900",
    "name": "Ada Lovelace",
    "slug": "ada-lovelace",
    "email": "ada@agency.example",
    "role": "designer",
    "pod_memberships-TOTAL_FORMS": 0,
    "pod_memberships-INITIAL_FORMS": 0,
}


def test_a_new_member_of_staff_is_invited(cast: Cast):
    answer = browser_of(cast.leader).post(at("staff_add"), {**NEW, "invited": "on"}, follow=True)
    assert "1 invited." in said(answer)
    staff = Staff.objects.get(external_id="S-900")
    assert staff.user is not None
    assert staff.history.first().history_user == cast.leader  # type: ignore[attr-defined]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["ada@agency.example"]


def test_without_the_mark_nobody_is_invited(cast: Cast):
    browser_of(cast.leader).post(at("staff_add"), NEW)
    assert Staff.objects.get(external_id="S-900").user is None
    assert mail.outbox == []


def test_an_invitation_without_an_address_is_refused_in_the_form(cast: Cast):
    answer = browser_of(cast.leader).post(at("staff_add"), {**NEW, "email": "", "invited": "on"})
    assert b"An invitation needs an e-mail address" in answer.content


def test_several_are_invited_and_end_together(cast: Cast):
    with_address, without = StaffFactory(), StaffFactory(email=None, name="Nobody")
    browser = browser_of(cast.leader)
    answer = act(browser, "staff", "invite_to_sign_in", with_address, without)
    assert "1 invited." in said(answer)
    assert any("Nobody has no e-mail address" in words for words in said(answer))
    act(browser, "staff", "end_employment_today", with_address)
    with_address.refresh_from_db()
    assert with_address.ended_on == timezone.localdate()
    assert not User.objects.get(staff=with_address).is_active


def test_a_last_day_written_in_the_form_closes_the_sign_in(cast: Cast):
    staff = cast.designer.staff
    fields = {**NEW, "external_id": staff.external_id, "name": staff.name, "slug": staff.slug}
    fields |= {"email": staff.email, "ended_on": timezone.localdate().isoformat()}
    answer = browser_of(cast.leader).post(at("staff_change", staff.pk), fields, follow=True)
    assert "Designer cannot sign in any more." in said(answer)
    cast.designer.refresh_from_db()
    assert not cast.designer.is_active


def test_a_leader_makes_no_administrator(cast: Cast):
    browser = browser_of(cast.leader)
    assert browser.get(at("user_changelist")).status_code == 403
    assert browser.get(at("user_change", cast.manager.pk)).status_code == 403
    assert browser.get(at("user_add")).status_code == 403


def test_an_administrator_adds_a_sign_in_and_its_password(cast: Cast):
    browser = browser_of(cast.admin)
    words = {"usable_password": "true", "password1": "a long enough word"}
    answer = browser.post(
        at("user_add"), {"email": "new@agency.example", "password2": words["password1"], **words}
    )
    assert answer.status_code == 302
    user = User.objects.get(email="new@agency.example")
    assert user.check_password("a long enough word")
    page = browser.get(at("user_change", user.pk))
    assert page.status_code == 200
    assert b"user_permissions" not in page.content
    assert browser.get(at("user_changelist"), {"q": "new@"}).status_code == 200


def test_the_list_of_pods_says_what_is_unusual_about_a_team(cast: Cast):
    PodMembershipFactory(pod=cast.pod_a, staff=StaffFactory())
    page = browser_of(cast.leader).get(at("pod_changelist")).content.decode()
    assert "as it should be" not in page.split("Basalt")[1]
    assert "1 account manager and 0 designers; a pod is two account managers" in page


# -- Promises ---------------------------------------------------------------------------------


def test_signing_in_the_admin_keeps_the_words(cast: Cast):
    terms = ExpectationTermsFactory()
    TermsRuleFactory(terms=terms, text="You answer in three days.", business_days=3)
    fields = {"client": cast.client_a.pk, "terms": terms.pk, "signer": "The owner"}
    fields["signed_on"] = timezone.localdate().isoformat()
    browser = browser_of(cast.leader)
    assert browser.post(at("signedagreement_add"), fields).status_code == 302
    signed = SignedAgreement.objects.get()
    assert "You answer in three days." in signed.signed_text
    assert signed.reply_business_days == 3
    page = browser.get(at("signedagreement_change", signed.pk))
    assert b"You answer in three days." in page.content
    assert b'name="signer"' not in page.content
    version = signed.history.first()  # type: ignore[attr-defined]
    back = reverse("admin:clients_signedagreement_simple_history", args=[signed.pk, version.pk])
    assert browser.post(back, {**fields, "signer": "Somebody else"}).status_code == 403


def test_what_cannot_be_signed_is_said_in_the_form(cast: Cast):
    terms: Any = ExpectationTermsFactory()
    fields = {"client": cast.client_a.pk, "terms": terms.pk, "signer": "The owner"}
    fields["signed_on"] = timezone.localdate().isoformat()
    answer = browser_of(cast.leader).post(at("signedagreement_add"), fields)
    assert "has no rules yet" in answer.content.decode()
    assert ExpectationTerms.objects.count() == 1


def test_an_obligation_is_due_in_business_time(cast: Cast):
    moment = timezone.localtime() - timedelta(hours=1)
    fields = {
        "client": cast.client_a.pk,
        "kind": "reply",
        "text": "Approve the ads",
        "asked_at_0": f"{moment:%Y-%m-%d}",
        "asked_at_1": f"{moment:%H:%M:%S}",
    }
    assert browser_of(cast.leader).post(at("obligation_add"), fields).status_code == 302
    row = Obligation.objects.get()
    assert row.due_at == cast.client_a.calendar().due(row.asked_at, 1)


# -- Import and export ------------------------------------------------------------------------


def exported(browser: Browser, model: str, **query: Any) -> list[dict[str, str]]:
    answer = browser.post(
        at(f"{model}_export") + "?q=" + query.get("q", ""), {"format": "0", "resource": ""}
    )
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('.csv"')
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_what_goes_out_holds_the_columns_that_come_in(cast: Cast):
    GoalReadingFactory(goal__client=cast.client_a)
    FeeFactory(client=cast.client_a)
    browser = browser_of(cast.leader)
    clients = exported(browser, "client")
    assert clients[0]["pod"] == cast.pod_a.external_id
    assert clients[0]["account_manager"] == cast.manager.staff.external_id
    assert exported(browser, "fee")[0]["client"] == cast.client_a.external_id
    assert exported(browser, "goalreading")[0]["client"] == cast.client_a.external_id


def test_a_number_is_not_moved_to_another_goal(cast: Cast):
    reading = GoalReadingFactory(goal__client=cast.client_a)
    other = ClientGoalFactory(client=cast.client_a, name="Another")
    change = {"goal": other.pk, "read_on": reading.read_on.isoformat(), "value": "7", "note": ""}
    answer = browser_of(cast.leader).post(at("goalreading_change", reading.pk), change)
    assert answer.status_code == 302
    was, reading = reading, GoalReading.objects.get()
    assert (reading.goal, reading.value) == (was.goal, 7)


def test_an_export_goes_in_again_and_changes_nothing(cast: Cast, tmp_path: Any):
    FeeFactory(client=cast.client_a)
    browser = browser_of(cast.leader)
    kinds = {kind.name: kind for kind in KINDS}
    for model, kind in (
        ("client", "clients"),
        ("fee", "fees"),
        ("staff", "staff"),
        ("pod", "pods"),
    ):
        answer = browser.post(at(f"{model}_export"), {"format": "0", "resource": ""})
        report = load(
            kinds[kind],
            answer.content,
            file_name=f"{kind}.csv",
            today=timezone.localdate(),
            now=timezone.now(),
        )
        assert report.refusals == []
        assert (report.new, report.changed) == (0, 0), kind


def test_only_the_chosen_rows_go_out(cast: Cast):
    browser = browser_of(cast.leader)
    form = act(browser, "client", "export_admin_action", cast.client_a)
    assert b"1 selected row is exported" in form.content
    answer = browser.post(
        at("client_export"), {"format": "0", "resource": "", "export_items": cast.client_a.pk}
    )
    assert answer.content.decode().count("\n") == 2


def test_a_formula_in_a_name_is_dead_when_it_goes_out(cast: Cast):
    Client.objects.filter(pk=cast.client_a.pk).update(name="=1+1")
    names = [row["name"] for row in exported(browser_of(cast.leader), "client")]
    assert not any(name.startswith("=") for name in names)


def test_a_spreadsheet_goes_out_too(cast: Cast):
    answer = browser_of(cast.leader).post(at("client_export"), {"format": "1", "resource": ""})
    assert answer.content.startswith(b"PK")


def test_import_leads_to_the_one_importer(cast: Cast):
    leader = browser_of(cast.leader)
    assert b"/admin/clients/client/import/" in leader.get(at("client_changelist")).content
    assert leader.get(at("client_import"))["Location"] == "/import/?kind=clients"
    director = browser_of(cast.director).get(at("client_changelist"))
    assert b"/import/" not in director.content


# -- Cost -------------------------------------------------------------------------------------


def test_a_list_costs_the_same_for_many_rows(cast: Cast, django_assert_max_num_queries: Any):
    ClientFactory.create_batch(40)
    browser = browser_of(cast.leader)
    with django_assert_max_num_queries(22):
        assert browser.get(at("client_changelist")).status_code == 200
    for model in ("staff", "pod", "fee", "assignment", "touchpoint", "podmembership"):
        with django_assert_max_num_queries(20):
            assert browser.get(at(f"{model}_changelist")).status_code == 200
