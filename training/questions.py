"""What makes a question one that can be asked. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from training.models.question import Question


def what_is_wrong(kind: str, rights: Sequence[bool]) -> str | None:
    """A sentence that says what to mend, from which choices are right; None when all is well."""
    if kind == Question.Kind.TRUE_FALSE and len(rights) != 2:
        return _("A true-or-false question has exactly two choices: true and false.")
    if len(rights) < 2:
        return _("A question needs at least two choices.")
    if not any(rights):
        return _("A question needs at least one right choice: tick “right” beside it.")
    if kind != Question.Kind.MULTIPLE and sum(rights) > 1:
        return _(
            "Only one choice may be right here. For more, make the kind “several right choices”."
        )
    return None
