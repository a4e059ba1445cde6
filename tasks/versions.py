"""Two people on one row: the second sees what the first has saved before anything is replaced."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)


class ChangedMeanwhileError(ValidationError):
    """The row was saved by somebody else after it was shown; `current` is what they saved."""

    def __init__(self, current: Model) -> None:
        super().__init__(
            _(
                "Somebody saved this after you opened it. Compare both, then save again or "
                "leave it."
            ),
            code="changed_meanwhile",
        )
        self.current = current


def locked(row: M, version: int | None) -> M:
    """The row as it stands now, held until the transaction ends; refused when it has moved on.

    Without a `version` the caller takes the row as it is.
    """
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and fresh.version != version:  # type: ignore[attr-defined]
        raise ChangedMeanwhileError(fresh)
    return fresh
