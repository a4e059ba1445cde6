"""The work, mirrored from Asana, and the promises made about it: one noun per file."""

from tasks.models.asana_user import AsanaUser
from tasks.models.connection import AsanaConnection
from tasks.models.dead_letter import DeadLetter
from tasks.models.decision import Decision
from tasks.models.event_stream import EventStream
from tasks.models.experiment import ArmReading, Experiment, ExperimentArm
from tasks.models.finding import Finding
from tasks.models.help_request import HelpRequest
from tasks.models.mapping import MatchedBy
from tasks.models.meeting import Meeting, MeetingTurn
from tasks.models.membership import Membership
from tasks.models.postponement import Postponement
from tasks.models.project import Project
from tasks.models.promise import KnownBy, Promise
from tasks.models.promise_event import PromiseEvent
from tasks.models.risk import Risk
from tasks.models.section import Section
from tasks.models.share_link import SharedWeek, ShareLink
from tasks.models.standing import Standing
from tasks.models.sync_run import SyncRun
from tasks.models.sync_unit import SyncPage, SyncUnit
from tasks.models.tactic import Tactic
from tasks.models.task import Task
from tasks.models.task_write import TaskWrite
from tasks.models.webhook import Webhook, WebhookDelivery
from tasks.models.week_note import WeekNote
from tasks.models.weekly_goal import WeeklyGoal

__all__ = [
    "ArmReading",
    "AsanaConnection",
    "AsanaUser",
    "DeadLetter",
    "Decision",
    "EventStream",
    "Experiment",
    "ExperimentArm",
    "Finding",
    "HelpRequest",
    "KnownBy",
    "MatchedBy",
    "Meeting",
    "MeetingTurn",
    "Membership",
    "Postponement",
    "Project",
    "Promise",
    "PromiseEvent",
    "Risk",
    "Section",
    "ShareLink",
    "SharedWeek",
    "Standing",
    "SyncPage",
    "SyncRun",
    "SyncUnit",
    "Tactic",
    "Task",
    "TaskWrite",
    "Webhook",
    "WebhookDelivery",
    "WeekNote",
    "WeeklyGoal",
]
