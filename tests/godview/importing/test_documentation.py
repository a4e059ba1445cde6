import re
from pathlib import Path

import pytest

from godview.importing.registry import KINDS

TEXT = (Path(__file__).parents[3] / "docs" / "importing.md").read_text()
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", TEXT, re.MULTILINE))


def test_every_kind_is_described():
    assert list(ROWS) == list(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_the_columns_are_those_of_the_kind(name):
    kind = KINDS[name]
    written = [
        f"**{column}**" if column in kind.required else column for column in kind.column_names
    ]
    assert ROWS[name].split(", ") == written


def test_the_columns_that_everybody_relies_on_come_first():
    """The order of a file without a header spelled otherwise; others may follow."""
    agreed = {
        "staff": "external_id,name,email,role,department,started_on,ended_on",
        "pods": "external_id,name",
        "clients": "external_id,name,industry,country,time_zone,pod,account_manager,status",
        "engagements": "client,started_on,ended_on",
        "fees": "client,service,starts_on,ends_on,amount,currency,per,finance_model",
        "touchpoints": "client,happened_at,channel,direction,staff,note",
        "weekly_goals": "client,manager,week_starts_on,text,status",
        "tactics": "client,manager,name,started_on,ended_on,outcome",
    }
    for name, columns in agreed.items():
        assert ",".join(KINDS[name].column_names).startswith(columns)
