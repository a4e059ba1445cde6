"""The forms of the training pages: an assessment's answers, and the matrix's filters."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clients.models import Department, Staff
from godview.access import Role
from godview.translating.later import later
from training.models import Answer, Question


class AnswersForm(forms.Form):
    """One field for each question, as it was kept when the attempt began."""

    use_required_attribute = False

    def __init__(self, answers: Sequence[Answer], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.answers = answers
        for answer in answers:
            self.fields[_name(answer)] = _field(answer)

    def questions(self) -> Iterator[tuple[Answer, forms.BoundField]]:
        for answer in self.answers:
            yield answer, self[_name(answer)]

    def chosen(self) -> dict[int, list[int]]:
        """What was chosen so far, by answer: of a form with gaps too, so that nothing is lost."""
        self.is_valid()
        found = {}
        for answer in self.answers:
            if self.has_error(_name(answer)) and not self.has_error(_name(answer), "required"):
                continue  # Something that was never offered.
            value = self.cleaned_data.get(_name(answer)) or []
            ticked = value if isinstance(value, list) else [value]
            found[answer.pk] = [int(choice) for choice in ticked]
        return found


def _name(answer: Answer) -> str:
    return f"answer_{answer.pk}"


def _field(answer: Answer) -> forms.ChoiceField:
    choices = [(str(option["choice"]), option["text"]) for option in answer.options]
    chosen = [str(choice) for choice in answer.chosen_ids]
    missing = {
        "required": (
            _("Question %(answer_position)s has no answer yet.")
            % {"answer_position": answer.position}
        )
    }
    if answer.kind == Question.Kind.MULTIPLE:
        return forms.MultipleChoiceField(
            label=answer.question_text,
            choices=choices,
            initial=chosen,
            widget=forms.CheckboxSelectMultiple,
            error_messages=missing,
        )
    return forms.ChoiceField(
        label=answer.question_text,
        choices=choices,
        initial=chosen[0] if chosen else None,
        widget=forms.RadioSelect,
        error_messages=missing,
    )


class MatrixFilterForm(forms.Form):
    """Which people, on which day. All empty: everybody one may see, today."""

    role = forms.ChoiceField(
        label=later("Role"),
        choices=[("", later("Every role")), *Role.choices],
        required=False,
    )
    department = forms.ModelChoiceField(
        Department.objects.all(),
        required=False,
        label=later("Department"),
        to_field_name="slug",
        empty_label=later("Every department"),
    )
    as_of = forms.DateField(
        label=later("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def people(self, staff: QuerySet[Staff]) -> QuerySet[Staff]:
        """Those whom the filters let through; nobody while the filters are wrong."""
        if not self.is_valid():
            return staff.none()
        if self.cleaned_data["role"]:
            staff = staff.filter(role=self.cleaned_data["role"])
        if self.cleaned_data["department"]:
            staff = staff.filter(department=self.cleaned_data["department"])
        return staff

    def day(self, today: date) -> date:
        chosen: date | None = self.cleaned_data.get("as_of") if self.is_valid() else None
        return chosen or today
