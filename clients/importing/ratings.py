"""How people rate each thing that a CSI round asks about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.importing.cells import Cell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import CountCell
from clients.importing.resource import RowsResource
from clients.importing.surveys import People
from clients.models import Client, CsiAnswer, CsiQuestion, SurveyRequest, SurveyWave


class AspectCell(Cell):
    says = gettext_lazy(
        "What the round asks about, such as quality; one that is not there yet is made."
    )
    checked = True
    refers = True

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value.aspect)


class CsiAnswerRows(RowsResource):
    wave = Column(
        "wave", Cell(), attribute="", required=True, note=gettext_lazy("The name of a CSI round.")
    )
    client = Column("client", ReferenceCell(Client, "client"), attribute="", required=True)
    person = Column(
        "person", Cell(), attribute="", required=True, note=gettext_lazy("A contact by name.")
    )
    question = Column("question", AspectCell(), required=True)
    answered_on = Column("answered_on", DateCell(), required=True)
    score = Column("score", CountCell(), required=True)
    weight = Column(
        "weight", CountCell(), attribute="", note=gettext_lazy("Of a new question. Empty: 1.")
    )
    highest = Column(
        "highest", CountCell(), attribute="", note=gettext_lazy("Of a new question. Empty: 5.")
    )

    class Meta:
        model = CsiAnswer
        import_id_fields = ("request", "question")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.people = People()
        rounds = SurveyWave.objects.filter(kind=SurveyWave.Kind.CSI)
        self.waves = {wave.name.casefold(): wave for wave in rounds}
        asked = SurveyRequest.objects.filter(wave__in=rounds)
        self.requests = {(row.wave_id, row.contact_id): row for row in asked}
        self.questions = {
            (row.wave_id, row.aspect.casefold()): row for row in CsiQuestion.objects.all()
        }

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if errors:
            return
        wave = self.waves.get(values["wave"].casefold())
        if wave is None:
            errors["wave"] = _(
                "There is no CSI round “%(values_wave)s”. Correct the name, or import "
                "surveys first."
            ) % {"values_wave": values["wave"]}
            return
        try:
            person = self.people.at(values["client"], values["person"])
        except ValueError as error:
            errors["person"] = str(error)
            return
        request = self.requests.get((wave.pk, person.pk))
        if request is None:
            errors["person"] = _(
                "%(person_name)s was not asked in “%(wave)s”: import surveys first."
            ) % {"person_name": person.name, "wave": wave}
            return
        values["request"] = request
        self._find_question(wave, values, errors)
        if not errors and values["answered_on"] < request.sent_on:
            errors["answered_on"] = _("The answer cannot come before the question.")

    def _find_question(
        self, wave: SurveyWave, values: dict[str, Any], errors: dict[str, str]
    ) -> None:
        aspect = values["question"]
        question = self.questions.get((wave.pk, aspect.casefold()))
        if question is None:
            question = CsiQuestion(
                wave=wave,
                aspect=aspect,
                weight=values.get("weight") or 1,
                highest=values.get("highest") or 5,
            )
            question.clean_fields()
            self.sign(question)
            question.save()
            self.questions[wave.pk, aspect.casefold()] = question
            self.notes.append(
                _("The question “%(aspect)s” was not there yet and is made.") % {"aspect": aspect}
            )
        for name in ("weight", "highest"):
            told, known = values.get(name), getattr(question, name)
            if told is not None and told != known:
                errors[name] = _(
                    "It is %(known)s in this round. Write that, or change the question."
                ) % {"known": known}
        if not 0 <= values["score"] <= question.highest:
            errors["score"] = _("The highest rating is %(question_highest)s.") % {
                "question_highest": question.highest
            }
        values["question"] = question

    def settle(self, instance: CsiAnswer, new: bool) -> None:
        if new:
            instance.request = self.values["request"]

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        rows = super().filter_export(queryset, **kwargs)
        return rows.select_related("request__wave", "request__contact__client")

    def dehydrate_wave(self, answer: CsiAnswer) -> str:
        return answer.request.wave.name

    def dehydrate_client(self, answer: CsiAnswer) -> str:
        return answer.request.contact.client.external_id

    def dehydrate_person(self, answer: CsiAnswer) -> str:
        return answer.request.contact.name

    def dehydrate_weight(self, answer: CsiAnswer) -> str:
        return str(answer.question.weight)

    def dehydrate_highest(self, answer: CsiAnswer) -> str:
        return str(answer.question.highest)


CSI_ANSWERS = Kind(
    name="csi_answers",
    title=gettext_lazy("CSI ratings"),
    what=gettext_lazy(
        "How people rate each thing that a CSI round asks about. One left out has no row."
    ),
    resource=CsiAnswerRows,
    example=(
        ("CSI 2026", "C-001", "Marit Holm", "quality", "2026-06-03", "4", "5", "5"),
        ("CSI 2026", "C-001", "Marit Holm", "speed", "2026-06-03", "3", "3", "5"),
    ),
)
