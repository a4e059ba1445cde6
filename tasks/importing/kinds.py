"""The kinds of files about promised work. They build on those about clients."""

from tasks.importing.experiment_readings import EXPERIMENT_READINGS
from tasks.importing.experiments import EXPERIMENTS
from tasks.importing.tactics import TACTICS
from tasks.importing.weekly_goals import WEEKLY_GOALS

KINDS = (WEEKLY_GOALS, TACTICS, EXPERIMENTS, EXPERIMENT_READINGS)
