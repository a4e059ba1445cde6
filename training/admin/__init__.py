"""Writing modules and their questions, saying who must pass them, and looking into the results."""

from training.admin.coaching import CoachingPlanAdmin
from training.admin.modules import ModuleVersionAdmin, RequirementAdmin, TrainingModuleAdmin
from training.admin.questions import QuestionAdmin
from training.admin.results import AttemptAdmin, CompletionAdmin

__all__ = [
    "AttemptAdmin",
    "CoachingPlanAdmin",
    "CompletionAdmin",
    "ModuleVersionAdmin",
    "QuestionAdmin",
    "RequirementAdmin",
    "TrainingModuleAdmin",
]
