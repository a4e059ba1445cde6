"""Who was asked in a survey, and how likely they are to recommend us."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients.importing.cells import Cell, ChoiceCell, ReferenceCell
from clients.importing.columns import Column
from clients.importing.kind import Kind
from clients.importing.moments import DateCell
from clients.importing.numbers import CountCell
from clients.importing.resource import RowsResource
from clients.importing.writing import BATCH
from clients.models import Client, Contact, NpsAnswer, SurveyRequest, SurveyWave
from clients.models.survey import REST_DAYS

KINDS = ChoiceCell(
    SurveyWave.Kind,
    nps="net promoter score, recommend",
    csi="satisfaction, csat, client satisfaction",
)


class WaveCell(Cell):
    says = gettext_lazy("The name of a round.")
    checked = True
    refers = True

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value.name)


class People:
    """The people of clients, found by their name."""

    def __init__(self) -> None:
        every = Contact.objects.select_related("client")
        self._people = {(one.client_id, one.name.casefold()): one for one in every}

    def at(self, client: Client, name: str) -> Contact:
        """Raises ValueError with a sentence."""
        person = self._people.get((client.pk, name.casefold()))
        if person is None:
            raise ValueError(
                _(
                    "%(client)s has no contact “%(name)s”. Correct the name, or import the "
                    "contact first."
                )
                % {"client": client, "name": name}
            )
        return person


class SurveyRows(RowsResource):
    """A row is one person asked in one round, with the last answer if there is one."""

    wave = Column(
        "wave", WaveCell(), required=True, note=gettext_lazy("One that is not there yet is made.")
    )
    kind = Column("kind", KINDS, attribute="", required=True)
    client = Column("client", ReferenceCell(Client, "client"), attribute="", required=True)
    person = Column(
        "person", Cell(), attribute="", required=True, note=gettext_lazy("A contact by name.")
    )
    sent_on = Column("sent_on", DateCell(), required=True)
    answered_on = Column(
        "answered_on", DateCell(), attribute="", note=gettext_lazy("Empty: no answer yet.")
    )
    score = Column(
        "score", CountCell(), attribute="", note=gettext_lazy("NPS: from 0 to 10. CSI: empty.")
    )
    comment = Column("comment", attribute="")

    class Meta:
        model = SurveyRequest
        import_id_fields = ("wave", "contact")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.people = People()
        self.waves = {(wave.kind, wave.name.casefold()): wave for wave in SurveyWave.objects.all()}
        of_wave = {wave.pk: wave.kind for wave in self.waves.values()}
        self.sent: dict[tuple[int, str], dict[int, date]] = {}
        for request in self.existing.values():
            self._note(request, of_wave[request.wave_id])
        self.answers = _last_answers()
        self.answered: list[NpsAnswer] = []
        self.corrected: list[NpsAnswer] = []

    def complete(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        if errors:
            return
        try:
            values["contact"] = self.people.at(values["client"], values["person"])
        except ValueError as error:
            errors["person"] = str(error)
            return
        self._refuse_odd_answers(values, errors)
        if not errors:
            values["wave"] = self._wave_named(values)

    def _refuse_odd_answers(self, values: dict[str, Any], errors: dict[str, str]) -> None:
        score, day = values.get("score"), values.get("answered_on")
        if values["kind"] == SurveyWave.Kind.CSI and score is not None:
            errors["score"] = _("Ratings of a CSI round go into the file of csi_answers.")
        elif score is not None and not 0 <= score <= 10:
            errors["score"] = _("The answer is a whole number from 0 to 10.")
        elif (score is None) != (day is None) and values["kind"] == SurveyWave.Kind.NPS:
            errors["answered_on"] = _("An answer needs both: its score and its day.")
        elif day is not None and day < values["sent_on"]:
            errors["answered_on"] = _("The answer cannot come before the question.")

    def _wave_named(self, values: dict[str, Any]) -> SurveyWave:
        kind, name = values["kind"], values["wave"]
        wave = self.waves.get((kind, name.casefold()))
        if wave is None:
            wave = SurveyWave(kind=kind, name=name, opened_on=values["sent_on"])
            wave.clean_fields()
            self.sign(wave)
            wave.save()
            self.waves[kind, name.casefold()] = wave
            self.notes.append(
                _("The round “%(name)s” was not there yet and is made.") % {"name": name}
            )
        return wave

    def import_instance(self, instance: SurveyRequest, row: Any, **kwargs: Any) -> None:
        if instance.pk is None:
            instance.contact = self.values["contact"]
        super().import_instance(instance, row, **kwargs)
        self.says_more = not self.repeats and self._hear(instance)

    def settle(self, instance: SurveyRequest, new: bool) -> None:
        """Nobody is asked twice within the days of rest, in this file or before it."""
        key = instance.contact_id, str(self.values["kind"])
        for wave, day in self.sent.get(key, {}).items():
            if wave != instance.wave_id and abs((instance.sent_on - day).days) < REST_DAYS:
                raise ValidationError(
                    _(
                        "%(contact)s was asked on %(day)s. Nobody is asked twice within "
                        "%(rest_days)s days."
                    )
                    % {
                        "contact": self.values["contact"].name,
                        "day": day,
                        "rest_days": REST_DAYS,
                    }
                )
        self._note(instance, str(self.values["kind"]))

    def _note(self, request: SurveyRequest, kind: str) -> None:
        self.sent.setdefault((request.contact_id, kind), {})[request.wave_id] = request.sent_on

    def _hear(self, request: SurveyRequest) -> bool:
        """Whether the row brings an answer that is new, or puts one of the same day right."""
        score, day = self.values.get("score"), self.values.get("answered_on")
        if score is None or day is None:
            return False
        comment = self.values.get("comment") or ""
        last = self.answers.get(request.pk) if request.pk else None
        if last and (last.answered_on, last.score, last.comment) == (day, score, comment):
            return False
        if last and last.answered_on == day:
            last.score, last.comment = score, comment
            self.corrected.append(last)
        else:
            answer = NpsAnswer(request=request, answered_on=day, score=score, comment=comment)
            self.answered.append(answer)
        return True

    def skip_row(self, instance: Any, *args: Any, **kwargs: Any) -> bool:
        skipped: bool = super().skip_row(instance, *args, **kwargs)
        return skipped and not (self.says_more and not self.repeats)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        if is_create or self.changed:
            super().save_instance(instance, is_create, row, **kwargs)

    def write(self, result: Any) -> None:
        super().write(result)
        if result.has_validation_errors():
            return
        for answer in (*self.answered, *self.corrected):
            answer.request = answer.request  # its number is known now
            self.sign(answer)
        told = {"batch_size": BATCH, "default_date": self.now}
        bulk_update_with_history(self.corrected, NpsAnswer, ["score", "comment"], **told)
        if self.answered:
            bulk_create_with_history(self.answered, NpsAnswer, **told)

    # -- and out again

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return super().filter_export(queryset, **kwargs).select_related("contact__client")

    def before_export(self, queryset: Any, **kwargs: Any) -> None:
        self.answers = _last_answers()

    def dehydrate_kind(self, request: SurveyRequest) -> str:
        return request.wave.kind

    def dehydrate_client(self, request: SurveyRequest) -> str:
        return request.contact.client.external_id

    def dehydrate_person(self, request: SurveyRequest) -> str:
        return request.contact.name

    def dehydrate_answered_on(self, request: SurveyRequest) -> str:
        answer = self.answers.get(request.pk)
        return answer.answered_on.isoformat() if answer else ""

    def dehydrate_score(self, request: SurveyRequest) -> str:
        answer = self.answers.get(request.pk)
        return str(answer.score) if answer else ""

    def dehydrate_comment(self, request: SurveyRequest) -> str:
        answer = self.answers.get(request.pk)
        return answer.comment if answer else ""


def _last_answers() -> dict[int, NpsAnswer]:
    return {row.request_id: row for row in NpsAnswer.objects.order_by("answered_on", "pk")}


SURVEYS = Kind(
    name="surveys",
    title=gettext_lazy("Surveys"),
    what=gettext_lazy("Who was asked in which round, and how likely they are to recommend us."),
    resource=SurveyRows,
    example=(
        ("NPS 2026", "nps", "C-001", "Marit Holm", "2026-10-05", "2026-10-07", "9", "Quick help"),
        ("CSI 2026", "csi", "C-001", "Marit Holm", "2026-06-01", "", "", ""),
    ),
)
