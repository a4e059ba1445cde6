"""Early-warning scores are kept each night, and replayed for the days before anybody kept them."""

from datetime import date, timedelta

from godview.periods import WEEK
from metrics.dashboards.early_warning import as_rows, scores_on
from metrics.dashboards.portfolio import all_lines
from metrics.dashboards.signs import signs_on
from metrics.memory import nothing_kept
from metrics.models import WarningScore
from metrics.queries.stamps import read_stamps

REPLAYED_WEEKS = 65


def keep_scores(day: date) -> int:
    """Write down the score of every client on a day, in the place of what was kept of it."""
    stamps = read_stamps()
    scores = scores_on(all_lines(stamps, day), signs_on(stamps, day), day)
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

    Facts dated after a day are not looked at for that day.
    """
    days = [today - WEEK * back for back in range(weeks, 0, -1)]
    kept = set(WarningScore.objects.filter(as_of__gte=days[0]).values_list("as_of", flat=True))
    written = 0
    for day in days:
        if not any(day - timedelta(days=off) in kept for off in range(7)):
            with nothing_kept():
                written += keep_scores(day)
    return written
