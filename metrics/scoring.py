"""Early-warning scores are kept each night, and replayed for the days before anybody kept them."""

from datetime import date, timedelta

from godview.periods import WEEK
from metrics.dashboards.early_warning import all_scores, as_rows
from metrics.memory import nothing_kept
from metrics.models import WarningScore
from metrics.queries.beginnings import recording_began
from metrics.queries.known import as_known_on
from metrics.queries.stamps import read_stamps

REPLAYED_WEEKS = 65


def keep_scores(day: date) -> int:
    """Write down the score of every client on a day, in the place of what was kept of it."""
    stamps = read_stamps()
    scores = all_scores(stamps, day)
    rows = [
        WarningScore(client_id=client, as_of=day, score=score.value, parts=as_rows(score))
        for client, score in scores.items()
    ]
    WarningScore.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["client", "as_of"],
        update_fields=["score", "parts"],
        batch_size=500,
    )
    return len(rows)


def replay(today: date, weeks: int = REPLAYED_WEEKS) -> int:
    """Count the same weekday of the weeks before, where no score is kept; what was kept stays.

    Facts dated after a day are not looked at for that day, nor what was entered or corrected after
    it. What was imported with its past is told by its dates: before, nothing had been entered.
    """
    days = [today - WEEK * back for back in range(weeks, 0, -1)]
    kept = set(WarningScore.objects.filter(as_of__gte=days[0]).values_list("as_of", flat=True))
    began = recording_began()
    written = 0
    for day in days:
        if not any(day - timedelta(days=off) in kept for off in range(7)):
            with as_known_on(day if began and day > began else None), nothing_kept():
                written += keep_scores(day)
    return written
