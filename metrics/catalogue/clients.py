from django.conf import settings

from metrics.catalogue.metric import Metric, Unit

TODAY, CLIENTS = "Today", "Clients"
DAYS: int = settings.PAUSE_LIMIT_DAYS

METRICS = (
    Metric(
        key="client_retention_rate",
        name="Clients kept",
        unit=Unit.SHARE,
        definition=(
            "Of the clients served when the period starts, the share still served when it ends. "
            "New clients are left out, so they cannot hide a loss."
        ),
        formula="clients served at both ends ÷ clients served at the start",
        chapter="1",
        shown_on=(TODAY,),
    ),
    Metric(
        key="client_retention_rate_seed",
        name="Clients kept, formula in print",
        unit=Unit.SHARE,
        definition=(
            "The form most articles print. It is wrong when a client joins and leaves inside the "
            "period, or comes back; it is shown to compare with others."
        ),
        formula="(clients at the end − clients gained) ÷ clients at the start",
        chapter="1",
    ),
    Metric(
        key="logo_churn_rate",
        name="Clients lost, share",
        unit=Unit.SHARE,
        definition="Of the clients served when the period starts, the share gone when it ends.",
        formula="1 − clients kept",
        chapter="2",
        lower_is_better=True,
        shown_on=(TODAY,),
    ),
    Metric(
        key="logo_churn_rate_stripe",
        name="Clients lost, Stripe's form",
        unit=Unit.SHARE,
        definition=(
            "Every departure in the period, over everybody who could have left: those there at "
            "the start and the new ones."
        ),
        formula="departures ÷ (clients at the start + new clients)",
        chapter="2",
        lower_is_better=True,
    ),
    Metric(
        key="logo_churn_rate_annualised",
        name="Clients lost, as a yearly rate",
        unit=Unit.SHARE,
        definition="What the churn of the period comes to in a year, if it goes on like this.",
        formula="1 − (1 − monthly churn)¹²",
        chapter="2",
        lower_is_better=True,
    ),
    Metric(
        key="clients_active",
        name="Clients",
        unit=Unit.CLIENTS,
        definition=f"Clients served on the day, those on hold for up to {DAYS} days among them.",
        formula="count",
        chapter="general rules",
        shown_on=(TODAY, CLIENTS),
    ),
    Metric(
        key="clients_paused",
        name="Clients on hold",
        unit=Unit.CLIENTS,
        definition=(
            f"Clients whose work and fee are on hold on the day, for up to {DAYS} days so far."
        ),
        formula="count",
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="clients_gained",
        name="Clients won",
        unit=Unit.CLIENTS,
        definition="Clients first ever served in the period.",
        formula="count of first starts after the period's start, up to and on its end",
        chapter="1",
        shown_on=(TODAY,),
    ),
    Metric(
        key="clients_returned",
        name="Clients come back",
        unit=Unit.CLIENTS,
        definition="Times that a former client started again in the period.",
        formula="count of starts that are not first ones",
        chapter="1",
    ),
    Metric(
        key="clients_lost",
        name="Clients lost",
        unit=Unit.CLIENTS,
        definition="Departures in the period. A client who leaves twice counts twice.",
        formula="count of ends after the period's start, up to and on its end",
        chapter="2",
        lower_is_better=True,
        shown_on=(TODAY,),
    ),
    Metric(
        key="revolving_door_ratio",
        name="Revolving door",
        unit=Unit.TIMES,
        definition=(
            "Clients lost for each client won or come back. At 1 or more there is no growth."
        ),
        formula="clients lost ÷ (clients won + clients come back)",
        chapter="5",
        threshold=1.0,
        lower_is_better=True,
        counts="{part} lost, {whole} added",
    ),
    Metric(
        key="growth_ceiling",
        name="Growth ceiling",
        unit=Unit.CLIENTS,
        definition="The number of clients at which as many leave as come, and growth stops.",
        formula="clients added a month ÷ monthly churn rate",
        chapter="5",
        counts="{part} added, {whole} lost",
    ),
)
