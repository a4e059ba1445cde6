"""The kinds of files about clients, in the order in which they build on each other."""

from clients.importing.changes import PROCESS_CHANGES
from clients.importing.clients import CLIENTS
from clients.importing.contact import CONTACTS, TOUCHPOINTS
from clients.importing.departments import DEPARTMENTS
from clients.importing.goals import CLIENT_GOALS, GOAL_READINGS
from clients.importing.lights import TRAFFIC_LIGHTS
from clients.importing.money import EXCHANGE_RATES, FEES, GROSS_MARGINS
from clients.importing.offers import REFUSALS, SERVICES
from clients.importing.pods import POD_MEMBERS, PODS
from clients.importing.ratings import CSI_ANSWERS
from clients.importing.segments import SEGMENT_RULES
from clients.importing.served import ENGAGEMENTS, PAUSES
from clients.importing.spending import CAPACITIES, COSTS, INVOICES
from clients.importing.staff import STAFF
from clients.importing.surveys import SURVEYS

KINDS = (
    STAFF,
    DEPARTMENTS,
    PODS,
    POD_MEMBERS,
    CLIENTS,
    ENGAGEMENTS,
    FEES,
    PAUSES,
    EXCHANGE_RATES,
    GROSS_MARGINS,
    CONTACTS,
    TOUCHPOINTS,
    CLIENT_GOALS,
    GOAL_READINGS,
    TRAFFIC_LIGHTS,
    SURVEYS,
    CSI_ANSWERS,
    SERVICES,
    CAPACITIES,
    COSTS,
    INVOICES,
    REFUSALS,
    SEGMENT_RULES,
    PROCESS_CHANGES,
)
