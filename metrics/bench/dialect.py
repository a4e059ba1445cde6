"""Where SQLite and PostgreSQL differ, and the words that every statement shares."""

from django.db import connection

DAYS = {"sqlite": "(julianday({0}) - julianday({1}))", "postgresql": "(({0})::date - ({1})::date)"}
MOMENTS = {
    "sqlite": "(julianday({0}) - julianday({1}))",
    "postgresql": "(EXTRACT(EPOCH FROM {0} - {1}) / 86400.0)",
}
LEAST = {"sqlite": "min", "postgresql": "least"}
GREATEST = {"sqlite": "max", "postgresql": "greatest"}


def days(later: str, earlier: str) -> str:
    return DAYS[connection.vendor].format(later, earlier)


def served(day: str, spell: str = "spell") -> str:
    return f"{spell}.started_on <= {day} AND ({spell}.ended_on IS NULL OR {spell}.ended_on > {day})"
