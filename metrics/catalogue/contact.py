from django.conf import settings

from godview.translating.later import later as _
from godview.translating.later import later_counted
from metrics.catalogue.metric import Metric, Unit

TODAY, CLIENTS = _("Today"), _("Clients")


def metrics(limit: int) -> tuple[Metric, ...]:
    """As they are named and judged where `limit` days without contact are allowed."""
    return (
        Metric(
            key="days_since_contact_mean",
            name=_("Days since contact"),
            unit=Unit.DAYS,
            definition=_(
                "Average number of days since the client heard from us as a person: a call, a "
                "meeting, or an e-mail, SMS or chat message written by one of us. Clients on hold "
                "are left out."
            ),
            formula=_("sum of days since the last contact ÷ clients"),
            chapter="11",
            lower_is_better=True,
            shown_on=(TODAY,),
            counts=_("{part} days over {whole} clients"),
        ),
        Metric(
            key="days_since_contact_median",
            name=_("Days since contact, middle"),
            unit=Unit.DAYS,
            definition=_("Half of the clients have waited this long or less."),
            formula=_("median"),
            chapter="11",
            lower_is_better=True,
        ),
        Metric(
            key="days_since_contact_max",
            name=_("Days since contact, longest"),
            unit=Unit.DAYS,
            definition=_(
                "How long the client has waited who has waited longest. The average hides it."
            ),
            formula=_("maximum"),
            chapter="11",
            threshold=float(limit),
            lower_is_better=True,
            shown_on=(TODAY,),
        ),
        Metric(
            key="clients_over_contact_standard",
            name=_("Clients over the contact standard"),
            unit=Unit.CLIENTS,
            definition=later_counted(
                "Clients who have not heard from us for more than {number} day. "
                "{number} is within.",
                "Clients who have not heard from us for more than {number} days. "
                "{number} is within.",
                limit,
            ),
            formula=later_counted(
                "count of clients with more than {number} day",
                "count of clients with more than {number} days",
                limit,
            ),
            chapter="11",
            threshold=0.0,
            lower_is_better=True,
            shown_on=(TODAY, CLIENTS),
        ),
        Metric(
            key="clients_over_contact_standard_share",
            name=_("Clients over the contact standard, share"),
            unit=Unit.SHARE,
            definition=_("The same as a share of the clients we work for."),
            formula=later_counted(
                "clients with more than {number} day ÷ clients",
                "clients with more than {number} days ÷ clients",
                limit,
            ),
            chapter="11",
            threshold=0.0,
            lower_is_better=True,
        ),
    )


METRICS = metrics(settings.CONTACT_STANDARD_DAYS)
