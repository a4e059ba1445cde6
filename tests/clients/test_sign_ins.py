import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.utils import timezone

from clients.employment import end_employment
from clients.jobs import close_sign_ins
from clients.models import PodMembership, User
from clients.sign_ins import close_sign_ins_of_the_departed, follow_employment, invite
from tests.factories.cast import Cast, make_cast
from tests.factories.clients import PodMembershipFactory, StaffFactory

TODAY = date(2026, 11, 18)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.time_machine(TODAY, tick=False)]
SITE = "https://view.agency.example/"


def test_an_invitation_leads_to_a_password_and_in(client: Browser):
    staff = StaffFactory(name="Ada Lovelace", email="Ada@Agency.example")
    user = invite(staff=staff, site=SITE, today=TODAY)
    staff.refresh_from_db()
    assert staff.user == user
    assert (user.email, user.first_name, user.last_name) == (
        "ada@agency.example",
        "Ada",
        "Lovelace",
    )
    assert not user.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["ada@agency.example"]
    link = re.search(r"https://view\.agency\.example(/\S+)", letter.body)
    assert link
    form = client.get(link[1], follow=True)
    words = {"password1": "a long enough word", "password2": "a long enough word"}
    done = client.post(form.redirect_chain[-1][0], words)
    assert done.status_code == 302
    assert client.login(email="ada@agency.example", password="a long enough word")


def test_an_invitation_needs_an_address():
    with pytest.raises(ValidationError, match="has no e-mail address"):
        invite(staff=StaffFactory(email=None), site=SITE, today=TODAY)
    assert not User.objects.exists()


def test_nobody_who_left_is_invited():
    with pytest.raises(ValidationError, match="nobody who left signs in"):
        invite(staff=StaffFactory(ended_on=TODAY), site=SITE, today=TODAY)


def test_two_people_do_not_share_a_sign_in():
    first = StaffFactory(email="same@agency.example", signs_in=True)
    second = StaffFactory(email="other@agency.example")
    second.email = first.user.email.upper()
    with pytest.raises(ValidationError, match="Somebody else signs in as"):
        invite(staff=second, site=SITE, today=TODAY)
    assert mail.outbox == []


def test_who_is_invited_again_signs_in_again():
    staff = StaffFactory(signs_in=True)
    staff.user.is_active = False
    staff.user.save()
    assert invite(staff=staff, site=SITE, today=TODAY).is_active
    assert User.objects.count() == 1


def test_who_left_is_signed_out_everywhere_at_once(client: Browser):
    staff = StaffFactory(signs_in=True)
    client.force_login(staff.user)
    assert client.get("/settings/api-tokens/").status_code == 200
    today = timezone.localdate()
    end_employment(staff=staff, on=today, today=today)
    assert client.get("/settings/api-tokens/").status_code == 302


def test_pods_end_with_employment_and_clients_wait_for_somebody():
    staff = StaffFactory()
    mine = PodMembershipFactory(staff=staff)
    later = PodMembershipFactory(staff=staff, started_on=TODAY + timedelta(days=5))
    end_employment(staff=staff, on=TODAY, today=TODAY)
    mine.refresh_from_db()
    assert mine.ended_on == TODAY
    assert PodMembership.objects.filter(pk=later.pk, ended_on=None).exists()


def test_one_leaves_once():
    staff = StaffFactory(ended_on=TODAY)
    with pytest.raises(ValidationError, match="left on 18 Nov already"):
        end_employment(staff=staff, on=TODAY + timedelta(days=1), today=TODAY)


def test_a_last_day_ahead_closes_nothing_yet():
    staff: Any = StaffFactory(signs_in=True, ended_on=TODAY + timedelta(days=1))
    assert not follow_employment(staff=staff, today=TODAY)
    assert close_sign_ins_of_the_departed(TODAY) == 0
    assert close_sign_ins_of_the_departed(TODAY + timedelta(days=1)) == 1
    assert not User.objects.get(pk=staff.user.pk).is_active


def test_the_nightly_job_closes_who_has_left():
    cast: Cast = make_cast()
    assert close_sign_ins() == 1
    cast.left.refresh_from_db()
    assert not cast.left.is_active
    assert close_sign_ins() == 0


def test_an_administrator_is_not_shut_out_by_a_staff_row():
    staff = StaffFactory(signs_in=True, ended_on=TODAY)
    staff.user.is_superuser = True
    staff.user.save()
    assert not follow_employment(staff=staff, today=TODAY)
