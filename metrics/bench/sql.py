"""The agency's figures in hand-written SQL: the floor that the product's own code is held against.

One statement for each family. All that is put into a statement is written in these files; what
comes from outside is a parameter.
"""
# ruff: noqa: S608

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from godview.periods import Period, closed_months
from metrics.bench.dialect import GREATEST, LEAST, days, served, vendor
from metrics.bench.sql_work import DUE, GOALS, LISTED, PROMISES, TACTICS, durations, training
from metrics.queries.limits import read_limits


def figures(period: Period, as_of: date) -> dict[str, Any]:
    """Every family's figures, by the names that the metrics have."""
    asked = told(period, as_of)
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement, asked)
            names = [column[0] for column in cursor.description]
            found |= dict(zip(names, cursor.fetchone(), strict=True))
    return found


def told(period: Period, as_of: date) -> dict[str, date | int | str]:
    """The parameters of all statements."""
    asked: dict[str, date | int | str] = {
        "start": period.start,
        "end": period.end,
        "as_of": as_of,
        "pause_limit": settings.PAUSE_LIMIT_DAYS,
        "pause_day": as_of - timedelta(days=settings.PAUSE_LIMIT_DAYS),
        "standard": int(read_limits().on(as_of)["contact"]),
        "reporting": settings.REPORTING_CURRENCY,
        "first_monday": period.start - timedelta(days=6),
        "last_monday": period.end - timedelta(days=6),
    }
    for number, month in enumerate(closed_months(as_of, 6), start=1):
        asked |= {f"m{number}": month.start, f"n{number}": month.end}
    return asked


def statements() -> list[str]:
    return [
        clients(),
        lifetime(),
        money(),
        variable(),
        contact(),
        pace(),
        GOALS,
        DUE,
        LISTED,
        PROMISES,
        durations(),
        TACTICS,
        training(),
    ]


def spells() -> str:
    """Stretches of service without the pauses that lasted too long."""
    length = days("p.ended_on", "p.started_on")
    return f"""
    long_pause AS (
      SELECT p.client_id, p.started_on, p.ended_on FROM clients_pause p
      WHERE CASE WHEN p.ended_on IS NULL OR p.ended_on > %(as_of)s
                 THEN p.started_on < %(pause_day)s ELSE {length} > %(pause_limit)s END
    ),
    spell AS (
      SELECT e.client_id, e.started_on, coalesce(p.started_on, e.ended_on) AS ended_on
      FROM clients_engagement e LEFT JOIN long_pause p ON p.client_id = e.client_id
        AND p.started_on > e.started_on AND (e.ended_on IS NULL OR p.started_on < e.ended_on)
      UNION ALL
      SELECT e.client_id, p.ended_on, e.ended_on
      FROM clients_engagement e JOIN long_pause p ON p.client_id = e.client_id
        AND p.started_on > e.started_on AND (e.ended_on IS NULL OR p.ended_on < e.ended_on)
      WHERE p.ended_on IS NOT NULL
    )"""


def clients() -> str:
    return f"""
    WITH {spells()},
    tenure AS (
      SELECT client_id, min(started_on) AS began,
        max(CASE WHEN {served("%(start)s")} THEN 1 ELSE 0 END) AS s,
        max(CASE WHEN {served("%(end)s")} THEN 1 ELSE 0 END) AS e,
        max(CASE WHEN {served("%(as_of)s")} THEN 1 ELSE 0 END) AS now,
        sum(CASE WHEN started_on > %(start)s AND started_on <= %(end)s THEN 1 ELSE 0 END) AS starts,
        sum(CASE WHEN ended_on > %(start)s AND ended_on <= %(end)s THEN 1 ELSE 0 END) AS ends
      FROM spell GROUP BY client_id
    )
    SELECT sum(now) AS clients_active, sum(starts) - sum(news) AS clients_returned,
      sum(news) AS clients_gained, sum(ends) AS clients_lost,
      1.0 * sum(s * e) / nullif(sum(s), 0) AS client_retention_rate,
      1.0 * (sum(e) - sum(news)) / nullif(sum(s), 0) AS client_retention_rate_seed
    FROM (SELECT tenure.*, CASE WHEN began > %(start)s AND began <= %(end)s THEN 1 ELSE 0 END
          AS news FROM tenure) AS counted"""


def lifetime() -> str:
    months = " UNION ALL ".join(f"SELECT %(m{n})s AS s, %(n{n})s AS e" for n in range(1, 7))
    if vendor() == "postgresql":
        months = months.replace("%(m1)s AS s, %(n1)s", "%(m1)s::date AS s, %(n1)s::date")
    return f"""
    WITH {spells()}, month AS ({months}),
    kept AS (
      SELECT month.s, spell.client_id,
        max(CASE WHEN later.client_id IS NULL THEN 0 ELSE 1 END) AS stayed
      FROM month JOIN spell ON {served("month.s")}
      LEFT JOIN spell AS later ON later.client_id = spell.client_id
        AND {served("month.e", "later")}
      GROUP BY month.s, spell.client_id
    )
    SELECT avg(churn) AS monthly_churn_rate
    FROM (SELECT 1.0 - 1.0 * sum(stayed) / count(*) AS churn FROM kept GROUP BY s) AS monthly"""


def money() -> str:
    """Each client's fees at both ends, then the lines of the bridge. Here `as_of` is the end."""

    def fees(day: str, rate_day: str) -> str:
        return f"""
        SELECT f.client_id, sum(
          CASE f.per WHEN 'month' THEN f.amount WHEN 'quarter' THEN f.amount / 3.0
            WHEN 'half_year' THEN f.amount / 6.0 WHEN 'year' THEN f.amount / 12.0
            WHEN 'week' THEN f.amount * 52 / 12.0 ELSE 0 END
          * CASE WHEN f.currency = %(reporting)s THEN 1 ELSE (SELECT r.rate
              FROM clients_exchangerate r WHERE r.currency = f.currency
              AND r.starts_on <= {rate_day} ORDER BY r.starts_on DESC LIMIT 1) END) AS paid
        FROM clients_fee f
        WHERE f.finance_model <> 'time_and_materials' AND f.starts_on <= {day}
          AND (f.ends_on IS NULL OR f.ends_on > {day})
          AND EXISTS (SELECT 1 FROM spell WHERE spell.client_id = f.client_id AND {served(day)})
        GROUP BY f.client_id"""

    def on_hold(day: str) -> str:
        return f"""EXISTS (SELECT 1 FROM clients_pause p JOIN spell
          ON spell.client_id = p.client_id WHERE p.client_id = c.id
          AND {served(day, "p")} AND {served(day)})"""

    return f"""
    WITH {spells()},
    at_start AS ({fees("%(start)s", "%(start)s")}),
    at_end AS ({fees("%(end)s", "%(start)s")}),
    worth AS ({fees("%(end)s", "%(end)s")}),
    book AS (
      SELECT c.id, {on_hold("%(start)s")} AS slept, {on_hold("%(end)s")} AS sleeps,
        coalesce(at_start.paid, 0) AS s0, coalesce(at_end.paid, 0) AS e0,
        coalesce(worth.paid, 0) AS w0,
        EXISTS (SELECT 1 FROM clients_fee f JOIN clients_engagement g
          ON g.client_id = f.client_id WHERE f.client_id = c.id AND f.per <> 'once'
          AND f.finance_model <> 'time_and_materials' AND f.amount > 0
          AND f.starts_on < %(start)s AND g.started_on < %(start)s) AS paid_before
      FROM clients_client c LEFT JOIN at_start ON at_start.client_id = c.id
        LEFT JOIN at_end ON at_end.client_id = c.id LEFT JOIN worth ON worth.client_id = c.id
    ),
    bridge AS (
      SELECT id, slept, sleeps, paid_before, w0 AS held,
        CASE WHEN slept THEN 0 ELSE s0 END AS s, CASE WHEN sleeps THEN 0 ELSE e0 END AS e,
        CASE WHEN sleeps THEN 0 ELSE w0 END AS w
      FROM book
    )
    SELECT sum(w) AS mrr, sum(CASE WHEN sleeps THEN held ELSE 0 END) AS paused_mrr,
      1.0 * sum(w) / nullif(sum(CASE WHEN w > 0 THEN 1 ELSE 0 END), 0) AS arpa,
      sum(s) AS mrr_at_start, sum(w) AS mrr_at_end, sum(w - e) AS mrr_fx,
      sum(CASE WHEN s = 0 AND NOT slept AND NOT paid_before THEN e ELSE 0 END) AS mrr_new,
      sum(CASE WHEN s = 0 AND NOT slept AND paid_before THEN e ELSE 0 END) AS mrr_reactivation,
      sum(CASE WHEN s = 0 AND slept THEN e ELSE 0 END) AS mrr_resumed,
      sum(CASE WHEN s > 0 AND e > s THEN e - s ELSE 0 END) AS mrr_expansion,
      sum(CASE WHEN s > 0 AND e > 0 AND e < s THEN s - e ELSE 0 END) AS mrr_contraction,
      sum(CASE WHEN s > 0 AND e = 0 AND NOT sleeps THEN s ELSE 0 END) AS mrr_churned,
      sum(CASE WHEN s > 0 AND e = 0 AND sleeps THEN s ELSE 0 END) AS mrr_paused,
      1.0 * sum({LEAST[vendor()]}(s, e)) / nullif(sum(s), 0) AS grr,
      1.0 * sum(CASE WHEN s > 0 THEN e ELSE 0 END) / nullif(sum(s), 0) AS nrr
    FROM bridge"""


def variable() -> str:
    """Time and materials by the month, shared out by the day, over the last three full months."""
    months = " UNION ALL ".join(f"SELECT %(m{n})s AS s, %(n{n})s AS e" for n in range(4, 7))
    if vendor() == "postgresql":
        months = months.replace("%(m4)s AS s, %(n4)s", "%(m4)s::date AS s, %(n4)s::date")
    first = f"{GREATEST[vendor()]}(f.starts_on, month.s)"
    last = f"{LEAST[vendor()]}(coalesce(f.ends_on, month.e), month.e)"
    return f"""
    WITH {spells()}, month AS ({months})
    SELECT coalesce(sum(f.amount * {days(last, first)} / {days("month.e", "month.s")}), 0) / 3.0
      AS variable_revenue
    FROM clients_fee f JOIN month ON f.starts_on < month.e
      AND (f.ends_on IS NULL OR f.ends_on > month.s)
    WHERE f.finance_model = 'time_and_materials' AND f.per = 'month'
      AND f.currency = %(reporting)s
      AND EXISTS (SELECT 1 FROM spell WHERE spell.client_id = f.client_id
        AND {served("%(as_of)s")})"""


def contact() -> str:
    touched = """(SELECT t.happened_on FROM clients_touchpoint t WHERE t.client_id = spell.client_id
      AND t.qualifies AND t.happened_on <= %(as_of)s ORDER BY t.happened_on DESC LIMIT 1)"""
    return f"""
    WITH {spells()},
    waits AS (
      SELECT {days("%(as_of)s", f"coalesce({touched}, spell.started_on)")} AS days
      FROM spell WHERE {served("%(as_of)s")} AND NOT EXISTS (SELECT 1 FROM clients_pause p
        WHERE p.client_id = spell.client_id AND {served("%(as_of)s", "p")})
    ),
    placed AS (
      SELECT days, row_number() OVER (ORDER BY days) AS place, count(*) OVER () AS n FROM waits
    )
    SELECT 1.0 * sum(days) / count(*) AS days_since_contact_mean,
      max(days) AS days_since_contact_max,
      sum(CASE WHEN days > %(standard)s THEN 1 ELSE 0 END) AS clients_over_contact_standard,
      avg(CASE WHEN place IN ((n + 1) / 2, (n + 2) / 2) THEN 1.0 * days END)
        AS days_since_contact_median
    FROM placed"""


def pace() -> str:
    """The goal that matters most stands for the client; every client of the benchmark has one."""
    gone = f"1.0 * {days('r.read_on', 'g.starts_on')} / {days('g.ends_on', 'g.starts_on')}"
    return f"""
    WITH {spells()},
    paces AS (
      SELECT 1.0 * (r.value - g.baseline) / (g.target - g.baseline) / ({gone}) AS ratio
      FROM clients_clientgoal g JOIN spell ON spell.client_id = g.client_id
      JOIN clients_goalreading r ON r.goal_id = g.id AND r.read_on = (
        SELECT max(n.read_on) FROM clients_goalreading n
        WHERE n.goal_id = g.id AND n.read_on <= %(as_of)s)
      WHERE {days("r.read_on", "g.starts_on")} >= 14 AND {days("%(as_of)s", "r.read_on")} <= 30
        AND g.matters_most AND g.starts_on <= %(as_of)s AND g.ends_on > %(as_of)s
        AND {days("%(as_of)s", "g.starts_on")} >= 14 AND {served("%(as_of)s")}
        AND NOT EXISTS (SELECT 1 FROM clients_pause p WHERE p.client_id = g.client_id
          AND {served("%(as_of)s", "p")})
    )
    SELECT 1.0 * sum(CASE WHEN ratio >= 0.95 - 1e-9 THEN 1 ELSE 0 END) / nullif(count(ratio), 0)
      AS clients_on_pace
    FROM paces"""
