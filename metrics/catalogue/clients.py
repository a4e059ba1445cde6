from django.conf import settings

from godview.translating.later import later as _
from godview.translating.later import later_with
from metrics.catalogue.metric import Metric, Unit

TODAY, CLIENTS = _("Today"), _("Clients")
DAYS: int = settings.PAUSE_LIMIT_DAYS

METRICS = (
    Metric(
        key="client_retention_rate",
        name=_("Clients kept"),
        unit=Unit.SHARE,
        definition=_(
            "Of the clients served when the period starts, the share still served when it ends. "
            "New clients are left out, so they cannot hide a loss."
        ),
        formula=_("clients served at both ends ÷ clients served at the start"),
        chapter="1",
        shown_on=(TODAY,),
    ),
    Metric(
        key="client_retention_rate_seed",
        name=_("Clients kept, formula in print"),
        unit=Unit.SHARE,
        definition=_(
            "The form most articles print. It is wrong when a client joins and leaves inside the "
            "period, or comes back; it is shown to compare with others."
        ),
        formula=_("(clients at the end − clients gained) ÷ clients at the start"),
        chapter="1",
    ),
    Metric(
        key="logo_churn_rate",
        name=_("Clients lost, share"),
        unit=Unit.SHARE,
        definition=_("Of the clients served when the period starts, the share gone when it ends."),
        formula=_("1 − clients kept"),
        chapter="2",
        lower_is_better=True,
        shown_on=(TODAY,),
    ),
    Metric(
        key="logo_churn_rate_stripe",
        name=_("Clients lost, Stripe's form"),
        unit=Unit.SHARE,
        definition=_(
            "Every departure in the period, over everybody who could have left: those there at "
            "the start and the new ones."
        ),
        formula=_("departures ÷ (clients at the start + new clients)"),
        chapter="2",
        lower_is_better=True,
    ),
    Metric(
        key="logo_churn_rate_annualised",
        name=_("Clients lost, as a yearly rate"),
        unit=Unit.SHARE,
        definition=_("What the churn of the period comes to in a year, if it goes on like this."),
        formula=_("1 − (1 − monthly churn)¹²"),
        chapter="2",
        lower_is_better=True,
    ),
    Metric(
        key="clients_active",
        name=_("Clients"),
        unit=Unit.CLIENTS,
        definition=later_with(
            "Clients served on the day, those on hold for up to {days} days among them.", days=DAYS
        ),
        formula=_("count"),
        chapter="general rules",
        shown_on=(TODAY, CLIENTS),
    ),
    Metric(
        key="clients_paused",
        name=_("Clients on hold"),
        unit=Unit.CLIENTS,
        definition=(
            later_with(
                "Clients whose work and fee are on hold on the day, for up to {days} days so far.",
                days=DAYS,
            )
        ),
        formula=_("count"),
        chapter="6",
        lower_is_better=True,
    ),
    Metric(
        key="clients_gained",
        name=_("Clients won"),
        unit=Unit.CLIENTS,
        definition=_("Clients first ever served in the period."),
        formula=_("count of first starts after the period's start, up to and on its end"),
        chapter="1",
        shown_on=(TODAY,),
    ),
    Metric(
        key="clients_returned",
        name=_("Clients come back"),
        unit=Unit.CLIENTS,
        definition=_("Times that a former client started again in the period."),
        formula=_("count of starts that are not first ones"),
        chapter="1",
    ),
    Metric(
        key="clients_lost",
        name=_("Clients lost"),
        unit=Unit.CLIENTS,
        definition=_("Departures in the period. A client who leaves twice counts twice."),
        formula=_("count of ends after the period's start, up to and on its end"),
        chapter="2",
        lower_is_better=True,
        shown_on=(TODAY,),
    ),
    Metric(
        key="revolving_door_ratio",
        name=_("Revolving door"),
        unit=Unit.TIMES,
        definition=(
            _("Clients lost for each client won or come back. At 1 or more there is no growth.")
        ),
        formula=_("clients lost ÷ (clients won + clients come back)"),
        chapter="5",
        threshold=1.0,
        lower_is_better=True,
        counts=_("{part} lost, {whole} added"),
    ),
    Metric(
        key="growth_ceiling",
        name=_("Growth ceiling"),
        unit=Unit.CLIENTS,
        definition=_("The number of clients at which as many leave as come, and growth stops."),
        formula=_("clients added a month ÷ monthly churn rate"),
        chapter="5",
        counts=_("{part} added, {whole} lost"),
    ),
)
