import re
from importlib import reload
from pathlib import Path

import pytest

from metrics.catalogue import CATALOGUE, Metric, Unit, clients, contact

DEFINITIONS = Path(__file__).parents[2] / "docs" / "definitions.md"
PROMISED_KEYS = {
    "client_retention_rate",
    "logo_churn_rate",
    "mrr",
    "gross_revenue_churn_rate",
    "net_revenue_churn_rate",
    "nrr",
    "grr",
    "arpa",
    "quick_ratio",
    "lifetime_months",
    "ltv_revenue",
    "ltv_margin",
    "days_since_contact_mean",
    "days_since_contact_max",
    "clients_over_contact_standard",
    "on_time_rate",
    "weekly_goal_hit_rate",
    "tactic_win_rate",
    "tactic_win_loss_ratio",
    "training_completion_rate",
}


def test_the_keys_that_others_rely_on_are_there():
    assert set(CATALOGUE) >= PROMISED_KEYS


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.key)
def test_every_metric_is_defined_in_plain_words_and_in_the_documentation(metric):
    assert metric.definition.endswith(".")
    assert metric.formula
    chapter = re.escape(metric.chapter)
    text = DEFINITIONS.read_text()
    assert re.search(rf"^## ({chapter}\.|{chapter}$)", text, re.MULTILINE | re.IGNORECASE)
    assert f"`{metric.key}`" in text


def test_a_threshold_is_breached_on_its_wrong_side_only():
    lower = Metric("x", "X", Unit.DAYS, "", "", "1", threshold=10, lower_is_better=True)
    higher = Metric("x", "X", Unit.SHARE, "", "", "1", threshold=0.8)
    assert lower.is_breached_by(10.5)
    assert not lower.is_breached_by(10)
    assert higher.is_breached_by(0.79)
    assert not higher.is_breached_by(0.8)
    assert not higher.is_breached_by(None)
    assert not Metric("x", "X", Unit.DAYS, "", "", "1").is_breached_by(99)


@pytest.fixture
def reread(settings):
    """The catalogue's words under other standards."""
    settings.CONTACT_STANDARD_DAYS, settings.PAUSE_LIMIT_DAYS = 14, 60
    yield {one.key: one for part in (clients, contact) for one in reload(part).METRICS}
    settings.CONTACT_STANDARD_DAYS, settings.PAUSE_LIMIT_DAYS = 10, 90
    for part in (clients, contact):
        reload(part)


def test_the_words_name_the_standards_that_are_set(reread):
    assert "more than 14 days" in reread["clients_over_contact_standard"].definition
    assert reread["days_since_contact_max"].threshold == 14
    assert "up to 60 days" in reread["clients_paused"].definition
