"""How a standing is shown: a mark, a word and a sentence. Plain functions."""

from godview.templatetags.display import day as written_day
from godview.templatetags.display import plain
from training.standing import Standing, State

WORDS = {
    State.NOT_BEGUN: "Not begun",
    State.IN_PROGRESS: "In progress",
    State.PASSED: "Passed",
    State.FAILED: "Not passed",
    State.EXPIRED: "Expired",
    State.NEW_VERSION: "New version",
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
            return f"Counts until {written_day(standing.expires_on, today)}"
        return f"Passed {written_day(standing.passed_on, today)}"
    if standing.due_on is None:
        return "Not required"
    due = written_day(standing.due_on, today)
    return f"Overdue, was due {due}" if standing.is_overdue else f"Due {due}"


def score_of(standing: Standing) -> str:
    return "" if standing.score is None else f"{plain(standing.score)}%"
