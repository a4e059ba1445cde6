"""Who changed what, when, from what to what."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import path

from clients.models import Fee
from tests.factories.clients import ClientFactory, FeeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_change_keeps_the_old_value_the_new_one_and_the_moment():
    fee = FeeFactory(amount=Decimal(3000), starts_on=date(2026, 1, 1))
    fee.amount = Decimal(3500)
    fee.save()
    after, before = fee.history.all()
    change = after.diff_against(before).changes[0]
    assert (change.field, change.old, change.new) == ("amount", Decimal(3000), Decimal(3500))
    assert after.history_date > before.history_date


def test_a_deleted_row_leaves_its_last_values_behind():
    fee = FeeFactory(amount=Decimal(3000))
    key = fee.pk
    fee.delete()
    last = Fee.history.filter(id=key).first()
    assert (last.history_type, last.amount) == ("-", Decimal(3000))


def rename(request):
    from django.http import HttpResponse

    from clients.models import Client

    client = Client.objects.get(pk=request.GET["client"])
    client.name = "Halden Dental Group"
    client.save()
    return HttpResponse()


urlpatterns = [path("rename/", rename)]


@pytest.mark.urls("tests.clients.models.test_history")
def test_the_person_who_is_signed_in_is_the_one_who_changed_it(client):
    user, row = UserFactory(), ClientFactory(name="Halden Dental")
    client.force_login(user)
    assert client.get("/rename/", {"client": row.pk}).status_code == 200
    after, before = row.history.all()
    assert (before.name, before.history_user) == ("Halden Dental", None)
    assert (after.name, after.history_user) == ("Halden Dental Group", user)
