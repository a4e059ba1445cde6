from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    DateField = models.DateField[date | None, date | None]
else:
    DateField = models.DateField


class AgencyDateField(DateField):
    """The agency's local date of a moment in the same row, kept beside it.

    Days are counted from it in plain SQL; it is set on every save and bulk insert.
    """

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> date | None:
        moment: datetime | None = getattr(model_instance, self.of)
        day = timezone.localtime(moment).date() if moment else None
        setattr(model_instance, self.attname, day)
        return day
