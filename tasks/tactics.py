"""Something tried for a client, judged by a rule that was written before it began."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, Staff
from godview.templatetags.display import day as in_words
from tasks.models import Tactic

Outcome = Tactic.Outcome
VERDICTS: Final = (Outcome.WIN, Outcome.LOSS, Outcome.INCONCLUSIVE)


@transaction.atomic
def start(
    *,
    client: Client,
    manager: Staff | None,
    name: str,
    metric: str,
    threshold: str,
    window_days: int,
    started_on: date,
    today: date,
    note: str = "",
) -> Tactic:
    """Begin a tactic today or later, with what must move, how far, and in how many days."""
    if started_on < today:
        raise ValidationError(
            _("The verdict rule must stand before the tactic begins: start it today or later.")
        )
    if not (metric.strip() and threshold.strip() and window_days):
        raise ValidationError(
            _(
                "Write the verdict rule first: which number must move, how far, and in how many "
                "days."
            )
        )
    tactic = Tactic(
        client=client,
        manager=manager,
        name=name.strip(),
        metric=metric.strip(),
        threshold=threshold.strip(),
        window_days=window_days,
        started_on=started_on,
        note=note.strip(),
    )
    tactic.full_clean()
    tactic.save()
    return tactic


@transaction.atomic
def judge(*, tactic: Tactic, outcome: str, ended_on: date, today: date, note: str = "") -> Tactic:
    """Say how a tactic ended. A win or a loss needs its whole window; a verdict is final."""
    row = Tactic.objects.select_for_update().get(pk=tactic.pk)
    if row.outcome != Outcome.RUNNING:
        word = row.get_outcome_display().lower()
        raise ValidationError(
            _("This tactic was judged on %(row_ended_on)s (%(word)s); that is final.")
            % {"row_ended_on": in_words(row.ended_on), "word": word}
        )
    if outcome not in VERDICTS:
        raise ValidationError(_("A tactic ends as won, lost or inconclusive: choose one of these."))
    if ended_on > today:
        raise ValidationError(_("A verdict is of today or earlier: give the day it was reached."))
    window_ends_on = row.window_ends_on
    if outcome != Outcome.INCONCLUSIVE and window_ends_on and ended_on < window_ends_on:
        raise ValidationError(
            _(
                "Its window of %(row_window_days)s days runs until %(window_ends_on)s. Judge it "
                "from then on, or end it now as inconclusive."
            )
            % {"row_window_days": row.window_days, "window_ends_on": in_words(window_ends_on)}
        )
    row.outcome, row.ended_on, row.note = outcome, ended_on, note.strip() or row.note
    row.full_clean()
    row.save()
    return row
