"""The work, mirrored from Asana, and the promises made about it: one noun per file."""

from tasks.models.asana_user import AsanaUser
from tasks.models.connection import AsanaConnection
from tasks.models.mapping import MatchedBy
from tasks.models.membership import Membership
from tasks.models.project import Project
from tasks.models.section import Section
from tasks.models.sync_run import SyncRun
from tasks.models.sync_unit import SyncPage, SyncUnit
from tasks.models.tactic import Tactic
from tasks.models.task import Task
from tasks.models.week_note import WeekNote
from tasks.models.weekly_goal import WeeklyGoal

__all__ = [
    "AsanaConnection",
    "AsanaUser",
    "MatchedBy",
    "Membership",
    "Project",
    "Section",
    "SyncPage",
    "SyncRun",
    "SyncUnit",
    "Tactic",
    "Task",
    "WeekNote",
    "WeeklyGoal",
]
