"""Enters the demo agency through the same import, deeds and sync as real data."""

import random
from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clients.agreements import sign
from clients.importing.load import load
from clients.models import Client, ExpectationTerms, Staff, TermsRule
from clients.obligations import answer, ask
from godview.demo import agreements
from godview.demo.agency import CLIENTS, DemoAgency, as_csv
from godview.demo.asana import Double, connect
from godview.demo.changes import tell_changes
from godview.demo.entries import Entering
from godview.demo.logins import make_logins
from godview.demo.mark import mark_the_demo
from godview.demo.meetings import Meetings
from godview.demo.teaching import Teaching
from godview.importing.registry import KINDS

Say = Callable[[str], object]


class Seeding:
    def __init__(self, agency: DemoAgency, now: datetime, say: Say) -> None:
        self.agency, self.now, self.say = agency, now, say

    @transaction.atomic
    def enter(self, password: str, double: Double | None) -> None:
        """All of it, or nothing."""
        for kind in self.agency.files:
            if kind == "clients":
                self._enter_clients()
            else:
                for part in self.agency.parts(kind):
                    self._import(kind, part, self.agency.today)
        self._sign_agreements()
        self._ask_questions()
        staff = list(Staff.objects.filter(ended_on=None).order_by("external_id"))
        Teaching(staff, self.agency.today, self._dice("training")).teach()
        self.say(f"changes of process: {tell_changes(self.agency.today)}")
        entering = Entering(self.agency.first_day, self.now, self._dice("entries"))
        self.say(f"history: {entering.date_all():,} entries, dated like what they tell")
        self.say(f"meetings: {Meetings(self.now, self._dice('meetings')).hold()} held")
        make_logins(password)
        if double is not None:
            loaded = double.load(self.agency.work.as_json())
            connect(double)
            self.say(f"Asana double: {loaded['tasks']:,} tasks and subtasks")
        mark_the_demo(self.now)

    def _dice(self, name: str) -> random.Random:
        return random.Random(f"{self.agency.seed} {name}")  # noqa: S311 - a story, not a secret

    def _enter_clients(self) -> None:
        """First as it was before the reorganisation, then as it became with it."""
        reorganised_on = self.agency.teams.reorganised_on
        before = as_csv(CLIENTS, self.agency.clients_before)
        if self.agency.clients_before:
            self._import("clients", before, self.agency.first_day)
        self._import("clients", self.agency.csv("clients"), reorganised_on)

    def _import(self, kind: str, content: bytes, day: date) -> None:
        report = load(KINDS[kind], content, file_name=f"{kind}.csv", today=day, now=self.now)
        if not report.ok:
            raise ValidationError([f"{kind}.csv, {refusal}" for refusal in report.refusals[:20]])
        self.say(f"{kind}, {report.summary()}")

    # -- agreements ------------------------------------------

    def _sign_agreements(self) -> None:
        story = self.agency.agreements
        versions = {
            1: self._terms(1, story.first_version, agreements.RULES),
            2: self._terms(
                2, story.second_version, (*agreements.RULES, agreements.SECOND_VERSION_RULE)
            ),
        }
        self.clients = {client.external_id: client for client in Client.objects.all()}
        count = 0
        for signature in story.signatures():
            sign(
                client=self.clients[signature.client],
                terms=versions[signature.version],
                signer=signature.signer,
                signed_on=signature.signed_on,
                today=self.agency.today,
            )
            count += 1
        self.say(f"agreements, {count} signed")

    def _terms(
        self, version: int, day: date, rules: tuple[tuple[str, str, int | None], ...]
    ) -> ExpectationTerms:
        terms = ExpectationTerms.objects.create(
            version=version,
            title=agreements.TITLE,
            effective_on=day,
            introduction=agreements.INTRODUCTION,
        )
        for position, (kind, text, days) in enumerate(rules, start=1):
            TermsRule.objects.create(
                terms=terms, position=position, kind=kind, text=text, business_days=days
            )
        return terms

    def _ask_questions(self) -> None:
        staff = {person.external_id: person for person in Staff.objects.all()}
        questions = list(self.agency.agreements.questions())
        for question in questions:
            obligation = ask(
                client=self.clients[question.client],
                text=question.text,
                asked_at=_aware(question.asked_at),
                asked_by=staff[question.asked_by],
                now=self.now,
            )
            if question.answered_at:
                answer(
                    obligation=obligation,
                    answered_at=_aware(question.answered_at),
                    answer=question.answer,
                    now=self.now,
                )
        self.say(f"obligations, {len(questions)} asked")


def _aware(moment: datetime) -> datetime:
    return timezone.make_aware(moment, timezone.get_default_timezone())
