"""A benchmark's large agency is a smaller one, copied, and nothing in it points astray."""

from datetime import date

import pytest
from django.db import connection

from clients.models import Client, Staff
from metrics.bench import fill
from metrics.bench.agency import agency
from metrics.bench.copies import multiply
from metrics.bench.work import work
from tasks.models import Promise, Task, WeeklyGoal

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 30)


def test_a_copied_agency_has_everything_of_the_first_as_often():
    work(agency(4, 3, DAY), 40)
    counted = (Client, Staff, Task, WeeklyGoal, Promise)
    before = [model._default_manager.count() for model in counted]
    multiply(3)
    assert [model._default_manager.count() for model in counted] == [n * 3 for n in before]
    connection.check_constraints()
    last = Client.objects.order_by("pk").reverse()[0]
    assert Promise.objects.filter(client=last).exists()
    assert Client.objects.create(name="New", slug="new", external_id="new").pk > last.pk


def test_beyond_ten_thousand_clients_each_has_a_quarter_of_the_tasks():
    assert [fill.tasks_of_a_client(n) for n in (160, 5000, 100_000)] == [200, 200, 50]
