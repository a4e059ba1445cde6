"""What became of goals, tasks, tactics and training, in hand-written SQL."""
# ruff: noqa: S608

from metrics.bench.dialect import GREATEST, MOMENTS, days, vendor

GOALS = """
    SELECT 1.0 * sum(CASE WHEN status = 'met' AND NOT unplanned THEN 1 ELSE 0 END)
        / nullif(sum(CASE WHEN unplanned THEN 0 ELSE 1 END), 0) AS weekly_goal_hit_rate,
      1.0 * sum(CASE WHEN status = 'met' THEN 1 ELSE 0 END)
        / nullif(sum(CASE WHEN status = 'deleted' AND NOT unplanned THEN 0 ELSE 1 END), 0)
        AS weekly_goal_hit_rate_naive
    FROM tasks_weeklygoal
    WHERE week_starts_on >= %(first_monday)s AND week_starts_on < %(last_monday)s"""

DUE = """
    SELECT 1.0 * sum(in_time) / nullif(count(*), 0) AS on_time_rate,
      1.0 * sum(in_time) / nullif(sum(CASE WHEN in_time = 0 AND put_off THEN 0 ELSE 1 END), 0)
        AS on_time_rate_adjusted
    FROM (
      SELECT CASE WHEN s.completed_at IS NOT NULL
        AND (CASE WHEN p.due_at IS NULL THEN s.completed_on <= p.due_on
             ELSE s.completed_at <= p.due_at END) THEN 1 ELSE 0 END AS in_time,
        s.asked_in_time AS put_off
      FROM tasks_promise p JOIN tasks_standing s ON s.promise_id = p.id
      WHERE p.kind = 'task' AND s.continues_id IS NULL
        AND p.due_on >= %(start)s AND p.due_on < %(end)s
      UNION ALL
      SELECT CASE WHEN completed_at IS NOT NULL
        AND (CASE WHEN first_due_at IS NULL THEN completed_on <= first_due_on
             ELSE completed_at <= first_due_at END) THEN 1 ELSE 0 END, false
      FROM tasks_task t WHERE first_due_on >= %(start)s AND first_due_on < %(end)s
        AND NOT EXISTS (SELECT 1 FROM tasks_promise p WHERE p.task_id = t.id)
        AND NOT EXISTS (SELECT 1 FROM tasks_standing s WHERE s.carrier_id = t.id)
    ) AS due"""

LISTED = """
    SELECT 1.0 * sum(CASE WHEN completed_at IS NOT NULL
        AND (CASE WHEN due_at IS NULL THEN completed_on <= due_on
             ELSE completed_at <= due_at END) THEN 1 ELSE 0 END)
      / nullif(count(*), 0) AS on_time_rate_naive
    FROM tasks_task WHERE deleted_at IS NULL AND due_on >= %(start)s AND due_on < %(end)s"""

PROMISES = """
    SELECT 1.0 * sum(CASE WHEN s.postponements > 0 THEN 1 ELSE 0 END) / nullif(count(*), 0)
        AS postponement_rate,
      1.0 * sum(CASE WHEN s.attempts > 0 THEN 1 ELSE 0 END) / nullif(count(*), 0)
        AS attempted_change_rate
    FROM tasks_promise p JOIN tasks_standing s ON s.promise_id = p.id
    WHERE s.continues_id IS NULL AND NOT p.unplanned
      AND p.due_on >= %(start)s AND p.due_on < %(end)s"""

TACTICS = """
    SELECT 1.0 * sum(CASE WHEN outcome = 'win' THEN 1 ELSE 0 END)
        / nullif(sum(CASE WHEN outcome IN ('win', 'loss') THEN 1 ELSE 0 END), 0)
        AS tactic_win_rate,
      1.0 * sum(CASE WHEN outcome IN ('win', 'loss') THEN 1 ELSE 0 END) / nullif(count(*), 0)
        AS tactic_decisive_share
    FROM tasks_tactic
    WHERE outcome <> 'running' AND ended_on > %(start)s AND ended_on <= %(end)s"""


def durations() -> str:
    at_least_0 = GREATEST[vendor()]
    moments = MOMENTS[vendor()].format("completed_at", "created_at")

    def percentile(share: float, name: str) -> str:
        return f"""sum(CASE WHEN place = floor((n - 1) * {share}) + 1
            THEN days * (1 - ((n - 1) * {share} - floor((n - 1) * {share})))
          WHEN place = floor((n - 1) * {share}) + 2
            THEN days * ((n - 1) * {share} - floor((n - 1) * {share})) END) AS {name}"""

    return f"""
    WITH taken AS (
      SELECT {at_least_0}(0.0, CASE WHEN start_on IS NOT NULL
        THEN {days("completed_on", "start_on")} ELSE {moments} END) AS days
      FROM tasks_task WHERE completed_on >= %(start)s AND completed_on < %(end)s
    ),
    placed AS (
      SELECT days, row_number() OVER (ORDER BY days) AS place, count(*) OVER () AS n FROM taken
    )
    SELECT {percentile(0.5, "task_duration_median")}, {percentile(0.9, "task_duration_p90")}
    FROM placed"""


def training() -> str:
    """Required and due modules that are passed and in date; the newest version is taught."""
    begins = f"{GREATEST[vendor()]}(s.started_on, q.starts_on, v.published_on)"
    due = f"{days('%(as_of)s', begins)} >= q.due_within_days"
    return f"""
    WITH taught AS (
      SELECT v.id, v.module_id, v.published_on FROM training_moduleversion v
      WHERE v.published_on <= %(as_of)s AND NOT EXISTS (SELECT 1 FROM training_moduleversion w
        WHERE w.module_id = v.module_id AND w.number > v.number AND w.published_on <= %(as_of)s)
    )
    SELECT 1.0 * sum(CASE WHEN EXISTS (SELECT 1 FROM training_completion c
        WHERE c.staff_id = s.id AND c.version_id = v.id AND c.completed_on <= %(as_of)s
        AND (c.expires_on IS NULL OR c.expires_on > %(as_of)s)) THEN 1 ELSE 0 END)
      / nullif(count(*), 0) AS training_completion_rate
    FROM clients_staff s JOIN training_requirement q ON q.role IN ('', s.role)
      JOIN taught v ON v.module_id = q.module_id
    WHERE (s.ended_on IS NULL OR s.ended_on > %(as_of)s) AND {due}"""
