"""Who we serve, and what we promised them: one noun per file."""

from clients.models.agreement import ExpectationTerms, SignedAgreement, TermsRule
from clients.models.api_token import ApiToken
from clients.models.assignment import Assignment
from clients.models.capacity import Capacity
from clients.models.client import Client
from clients.models.contact import Contact
from clients.models.cost import Cost
from clients.models.department import Department
from clients.models.engagement import Engagement
from clients.models.exchange_rate import ExchangeRate
from clients.models.fee import Fee
from clients.models.goal import ClientGoal, GoalReading
from clients.models.gross_margin import GrossMargin
from clients.models.imported_row import ImportedRow
from clients.models.invoice import Invoice
from clients.models.obligation import Obligation
from clients.models.pause import Pause
from clients.models.pivot import Pivot
from clients.models.pod import Pod, PodMembership
from clients.models.process_change import ProcessChange
from clients.models.refusal import Refusal
from clients.models.segment_rule import SegmentRule
from clients.models.service import Service
from clients.models.setting_up import DemoMark, SetupStep
from clients.models.staff import Staff
from clients.models.survey import CsiAnswer, CsiQuestion, NpsAnswer, SurveyRequest, SurveyWave
from clients.models.touchpoint import Touchpoint
from clients.models.traffic_light import TrafficLight
from clients.models.upload import Upload
from clients.models.user import User

__all__ = [
    "ApiToken",
    "Assignment",
    "Capacity",
    "Client",
    "ClientGoal",
    "Contact",
    "Cost",
    "CsiAnswer",
    "CsiQuestion",
    "DemoMark",
    "Department",
    "Engagement",
    "ExchangeRate",
    "ExpectationTerms",
    "Fee",
    "GoalReading",
    "GrossMargin",
    "ImportedRow",
    "Invoice",
    "NpsAnswer",
    "Obligation",
    "Pause",
    "Pivot",
    "Pod",
    "PodMembership",
    "ProcessChange",
    "Refusal",
    "SegmentRule",
    "Service",
    "SetupStep",
    "SignedAgreement",
    "Staff",
    "SurveyRequest",
    "SurveyWave",
    "TermsRule",
    "Touchpoint",
    "TrafficLight",
    "Upload",
    "User",
]
