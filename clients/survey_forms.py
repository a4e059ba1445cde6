"""The forms of the page of surveys: a round, a question, whom we asked, and what they said."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import surveys
from clients.forms import DateInput
from clients.models import Contact, CsiQuestion, SurveyRequest, SurveyWave
from godview.rest.limits import sane_year
from godview.widgets import SpokenSelects


class RoundForm(SpokenSelects, forms.ModelForm[SurveyWave]):
    class Meta:
        model = SurveyWave
        fields = ("kind", "name", "opened_on")
        labels: ClassVar = {
            "kind": gettext_lazy("Kind"),
            "name": gettext_lazy("Name"),
            "opened_on": gettext_lazy("Opened on"),
        }
        widgets = {"opened_on": DateInput}


class QuestionForm(SpokenSelects, forms.ModelForm[CsiQuestion]):
    class Meta:
        model = CsiQuestion
        fields = ("aspect", "weight", "highest")
        labels: ClassVar = {
            "aspect": gettext_lazy("Aspect"),
            "weight": gettext_lazy("Weight"),
            "highest": gettext_lazy("Highest"),
        }

    def __init__(self, *args: Any, wave: SurveyWave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.wave = wave

    def _get_validation_exclusions(self) -> set[str]:
        """The round is not asked for here, but the same aspect twice in it is to be refused."""
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return found - {"wave"}


class AskForm(SpokenSelects, forms.Form):
    """Whom we asked, and when. Who was asked less than 90 days ago is refused, with the day."""

    contact = forms.ModelChoiceField(Contact.objects.none(), label=gettext_lazy("Whom"))
    sent_on = forms.DateField(
        label=gettext_lazy("Asked on"), widget=DateInput, validators=[sane_year]
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.client}: {one.name}"  # type: ignore[attr-defined]

    def ask(self, wave: SurveyWave) -> SurveyRequest:
        return surveys.ask(wave=wave, **self.cleaned_data)


class ScoreForm(forms.Form):
    """0 to 10: would they recommend us?"""

    score = forms.IntegerField(
        label=gettext_lazy("How likely are they to recommend us, from 0 to 10?"),
        min_value=0,
        max_value=10,
    )
    answered_on = forms.DateField(
        label=gettext_lazy("Answered on"), widget=DateInput, validators=[sane_year]
    )
    comment = forms.CharField(
        label=gettext_lazy("In their own words"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def answer(self, request: SurveyRequest, today: date) -> None:
        surveys.answer_nps(request=request, today=today, **self.cleaned_data)


class RatingsForm(forms.Form):
    """One rating for each thing; what they left out stays empty."""

    answered_on = forms.DateField(
        label=gettext_lazy("Answered on"), widget=DateInput, validators=[sane_year]
    )

    def __init__(self, *args: Any, questions: Iterable[CsiQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"question-{question.pk}"] = forms.IntegerField(
                label=question.aspect.capitalize(),
                required=False,
                min_value=0,
                max_value=question.highest,
                help_text=_("From 0 to %(question_highest)s; weighs %(question_weight)s.")
                % {"question_highest": question.highest, "question_weight": question.weight},
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not self._scores(told):
            raise forms.ValidationError(_("Give at least one rating."))
        return told

    def answer(self, request: SurveyRequest, today: date) -> None:
        surveys.rate(
            request=request,
            scores=self._scores(self.cleaned_data),
            answered_on=self.cleaned_data["answered_on"],
            today=today,
        )

    def _scores(self, told: dict[str, Any]) -> dict[CsiQuestion, int]:
        found = ((one, told.get(f"question-{one.pk}")) for one in self.questions)
        return {question: score for question, score in found if score is not None}
