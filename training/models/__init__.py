"""What our people must know, and how we know that they do: one noun per file."""

from training.models.attempt import Answer, Attempt
from training.models.coaching_plan import CoachingPlan
from training.models.completion import Completion
from training.models.module_version import ModuleVersion, ScoreRule
from training.models.question import Choice, Question
from training.models.requirement import Requirement
from training.models.training_module import TrainingModule

__all__ = [
    "Answer",
    "Attempt",
    "Choice",
    "CoachingPlan",
    "Completion",
    "ModuleVersion",
    "Question",
    "Requirement",
    "ScoreRule",
    "TrainingModule",
]
