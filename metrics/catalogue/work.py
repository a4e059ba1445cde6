from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

TODAY, WEEK = _("Today"), _("My week")

METRICS = (
    Metric(
        key="clients_on_pace",
        name=_("Clients on pace"),
        unit=Unit.SHARE,
        definition=_(
            "Of the clients whose 90-day goal can be judged, the share at 0.95 of the way they "
            "should have come, or more. The goal that matters most stands for the client."
        ),
        formula=_("progress ÷ expected ≥ 0.95; expected = days gone ÷ days of the goal"),
        chapter="13",
        threshold=0.8,
        shown_on=(TODAY,),
    ),
    Metric(
        key="weekly_goal_hit_rate",
        name=_("Weekly goals hit"),
        unit=Unit.SHARE,
        definition=_(
            "Of the goals promised when the week was locked, the share met by its Sunday. One "
            "that was withdrawn or put off later is not met."
        ),
        formula=_("met ÷ promised at the lock"),
        chapter="13",
        threshold=0.85,
        shown_on=(TODAY, WEEK),
        beside=("weekly_goal_hit_rate_controllable", "weekly_goal_hit_rate_naive"),
    ),
    Metric(
        key="weekly_goal_hit_rate_naive",
        name=_("Weekly goals hit, as a to-do list shows it"),
        unit=Unit.SHARE,
        definition=_(
            "Withdrawn goals forgotten, late additions counted: how much a list flatters."
        ),
        formula=_("(met + unplanned met) ÷ (promised − withdrawn + unplanned)"),
        chapter="13",
        beside=("weekly_goal_hit_rate", "weekly_goal_hit_rate_controllable"),
    ),
    Metric(
        key="weekly_goal_hit_rate_controllable",
        name=_("Weekly goals hit, of what was in our hands"),
        unit=Unit.SHARE,
        definition=_(
            "Without the goals whose postponement was approved because the client kept us waiting."
        ),
        formula=_("met ÷ (promised at the lock − put off because of the client)"),
        chapter="13",
        beside=("weekly_goal_hit_rate", "weekly_goal_hit_rate_naive"),
    ),
    Metric(
        key="weekly_goals_goalless",
        name=_("Weekly goals that serve no 90-day goal"),
        unit=Unit.SHARE,
        definition=_("Of the goals promised, the share that serves nothing agreed for 90 days."),
        formula=_("promised without a 90-day goal ÷ promised at the lock"),
        chapter="13",
        lower_is_better=True,
    ),
    Metric(
        key="on_time_rate",
        name=_("Tasks on time"),
        unit=Unit.SHARE,
        definition=_(
            "Of the tasks first promised for a day in the period, the share done by then. Moving "
            "the date, deleting the task or making it anew changes nothing."
        ),
        formula=_("done by the promised day ÷ all due, open and deleted ones too"),
        chapter="12",
        threshold=0.85,
        shown_on=(TODAY,),
        beside=("on_time_rate_adjusted", "on_time_rate_naive"),
    ),
    Metric(
        key="on_time_rate_adjusted",
        name=_("Tasks on time, approved postponements left out"),
        unit=Unit.SHARE,
        definition=_("Without those whose postponement was asked for in time, and approved."),
        formula=_("done by the promised day ÷ (all due − approved postponements)"),
        chapter="12",
        threshold=0.85,
        beside=("on_time_rate", "on_time_rate_naive"),
    ),
    Metric(
        key="on_time_rate_naive",
        name=_("Tasks on time, as Asana's list shows it"),
        unit=Unit.SHARE,
        definition=_(
            "By the dates that tasks have now, with those deleted forgotten: how much a list "
            "flatters."
        ),
        formula=_("done by the date it has now ÷ all in the list with such a date"),
        chapter="12",
        beside=("on_time_rate", "on_time_rate_adjusted"),
    ),
    Metric(
        key="task_duration_median",
        name=_("Task duration, middle"),
        unit=Unit.DAYS,
        definition=_("Half of the tasks finished in the period took this long or less."),
        formula=_("median of completion − start (or creation, where no start was set)"),
        chapter="12",
        lower_is_better=True,
    ),
    Metric(
        key="task_duration_p90",
        name=_("Task duration, slowest tenth"),
        unit=Unit.DAYS,
        definition=_("Nine of ten tasks finished in the period took this long or less."),
        formula=_("90th percentile of completion − start"),
        chapter="12",
        lower_is_better=True,
    ),
    Metric(
        key="tactic_win_rate",
        name=_("Tactics won"),
        unit=Unit.SHARE,
        definition=_("Of the tactics that ended with a win or a loss, the share that won."),
        formula=_("won ÷ (won + lost)"),
        chapter="14",
    ),
    Metric(
        key="tactic_win_loss_ratio",
        name=_("Wins for each loss"),
        unit=Unit.TIMES,
        definition=_("Tactics won for each tactic lost, as in 7:3."),
        formula=_("won ÷ lost"),
        chapter="14",
        counts=_("{part} won, {whole} lost"),
    ),
    Metric(
        key="tactic_decisive_share",
        name=_("Tactics with a clear result"),
        unit=Unit.SHARE,
        definition=_("Of the tactics that ended, the share that won or lost."),
        formula=_("(won + lost) ÷ all ended"),
        chapter="14",
    ),
)
