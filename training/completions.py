"""Recording that somebody passed without an assessment here: a certificate, a classroom test."""

from datetime import date
from typing import Any

from training.models import Completion, ModuleVersion


def record_completion(
    *, staff: Any, version: ModuleVersion, completed_on: date, evidence: str
) -> Completion:
    """The completion with the expiry that the version says; refused before it was taught."""
    completion = Completion(
        staff=staff,
        version=version,
        completed_on=completed_on,
        expires_on=version.expires_on(completed_on),
        evidence=evidence,
    )
    completion.full_clean()
    completion.save()
    return completion
