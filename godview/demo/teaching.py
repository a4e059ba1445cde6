"""The demo's training, entered through the deeds by which people take it."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.text import slugify

from clients.models import Staff
from godview.demo.lessons import LESSONS, Asked, Lesson
from training.attempts import keep_answers, start_attempt, submit_attempt
from training.completions import record_completion
from training.models import Choice, ModuleVersion, Question, Requirement, TrainingModule
from training.versions import draft_next, publish

LEARNS_WITHIN = (3, 25)


class Teaching:
    def __init__(self, staff: list[Staff], today: date, dice: random.Random) -> None:
        self.staff, self.today, self.dice = staff, today, dice

    def teach(self) -> None:
        for lesson in LESSONS:
            since = self.today - timedelta(days=lesson.taught_since_days)
            version = self._publish(lesson, since)
            for role in lesson.roles:
                Requirement.objects.create(
                    module=version.module, role=role, due_within_days=30, starts_on=since
                )
            for person in self.staff:
                if {person.role, ""} & set(lesson.roles):
                    self._learn(person, lesson, version, since)
            if lesson.new_version_days_ago:
                self._teach_anew(lesson, version)

    def _publish(self, lesson: Lesson, since: date) -> ModuleVersion:
        module = TrainingModule.objects.create(
            title=lesson.title, slug=slugify(lesson.title), summary=lesson.summary
        )
        version = ModuleVersion.objects.create(
            module=module, number=1, body=lesson.body, months_valid=lesson.months_valid
        )
        for position, asked in enumerate(lesson.questions, start=1):
            self._ask(version, position, asked)
        return publish(version=version, on=since)

    def _ask(self, version: ModuleVersion, position: int, asked: Asked) -> None:
        question = Question.objects.create(
            version=version, position=position, kind=asked.kind, text=asked.text
        )
        for place, (text, right) in enumerate(asked.choices, start=1):
            Choice.objects.create(question=question, position=place, text=text, is_right=right)

    def _teach_anew(self, lesson: Lesson, version: ModuleVersion) -> None:
        """Whoever had passed must pass again; the first two have."""
        since = self.today - timedelta(days=lesson.new_version_days_ago or 0)
        following = draft_next(version=version)
        following.what_changed = "Examples from this year's tests"
        following.save()
        following = publish(version=following, on=since)
        quick = [person for person in self.staff if person.role in lesson.roles][:2]
        for person in quick:
            self._attempt(person, following, since + timedelta(days=2), passes=True)

    # -- one person ------------------------------------------

    def _learn(self, person: Staff, lesson: Lesson, version: ModuleVersion, since: date) -> None:
        if person.name in lesson.not_begun_by:
            return
        first = max(since, person.started_on or since)
        if person.name in lesson.expired_for:
            passed = self.today - timedelta(days=380)
            record_completion(
                staff=person, version=version, completed_on=passed, evidence="Classroom course"
            )
            return
        if lesson.months_valid:
            first = max(first, self.today - timedelta(days=lesson.months_valid * 28))
        day = min(
            first + timedelta(days=self.dice.randint(*LEARNS_WITHIN)),
            self._last_day(lesson),
        )
        if day < first:
            return
        fails = person.name in lesson.failed_by
        if fails or self.dice.random() < 0.15:
            self._attempt(person, version, day, passes=False)
        if not fails and day + timedelta(days=1) <= self._last_day(lesson):
            self._attempt(person, version, day + timedelta(days=1), passes=True)

    def _last_day(self, lesson: Lesson) -> date:
        """Before today, and before the next version took the place of this one."""
        return self.today - timedelta(days=1 + (lesson.new_version_days_ago or 0))

    def _attempt(self, person: Staff, version: ModuleVersion, day: date, passes: bool) -> None:
        moment = datetime.combine(day, time(10, self.dice.randint(0, 59)))
        begun = timezone.make_aware(moment, timezone.get_default_timezone())
        attempt = start_attempt(staff=person, version=version, now=begun)
        chosen = {}
        for number, answer in enumerate(attempt.answers.all()):
            right = [option["choice"] for option in answer.options if option["right"]]
            wrong = [option["choice"] for option in answer.options if not option["right"]]
            chosen[answer.pk] = right if passes or number == 0 else wrong[:1]
        keep_answers(attempt=attempt, chosen=chosen)
        submit_attempt(attempt=attempt, now=begun + timedelta(minutes=12))
