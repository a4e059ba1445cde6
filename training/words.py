"""How a standing is shown: a mark, a word and a sentence. Plain functions."""

from django.utils.translation import gettext as _

from godview.templatetags.display import day as written_day
from godview.templatetags.display import of_100
from godview.translating.later import later
from training.standing import Standing, State

WORDS = {
    State.NOT_BEGUN: later("Not begun"),
    State.IN_PROGRESS: later("In progress"),
    State.PASSED: later("Passed"),
    State.FAILED: later("Not passed"),
    State.EXPIRED: later("Expired"),
    State.NEW_VERSION: later("New version"),
}
NEEDS_A_LOOK = {State.FAILED, State.EXPIRED, State.NEW_VERSION}


def mark_of(standing: Standing) -> str:
    """Good is passed and in date; bad is overdue; watch is a step that somebody has to take."""
    if standing.is_passed:
        return "good"
    if standing.is_overdue:
        return "bad"
    return "watch" if standing.is_required and standing.state in NEEDS_A_LOOK else "none"


def word_of(standing: Standing) -> str:
    return WORDS[standing.state]


def dates_of(standing: Standing) -> str:
    """When it is due, or until when it counts: “Due 4 Feb”, “Counts until 3 Mar 2027”."""
    today = standing.day
    if standing.is_passed:
        if standing.expires_on is not None:
            return _("Counts until %(standing_expires_on)s") % {
                "standing_expires_on": written_day(standing.expires_on, today)
            }
        return _("Passed %(standing_passed_on)s") % {
            "standing_passed_on": written_day(standing.passed_on, today)
        }
    if standing.due_on is None:
        return _("Not required")
    due = written_day(standing.due_on, today)
    return (
        (_("Overdue, was due %(due)s") % {"due": due})
        if standing.is_overdue
        else (_("Due %(due)s") % {"due": due})
    )


def score_of(standing: Standing) -> str:
    return "" if standing.score is None else of_100(standing.score)
