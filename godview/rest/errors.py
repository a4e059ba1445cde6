"""What goes wrong, in words and with the right status: a person's mistake is never a 500."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as Refusal
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler


class Conflict(APIException):
    status_code = 409
    default_detail = "Another row stands against this: it was just changed by somebody else."
    default_code = "conflict"


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    return exception_handler(translated(error), context)


def translated(error: Exception) -> Exception:
    if isinstance(error, Refusal):
        return ValidationError(sentences(error))
    if isinstance(error, ProtectedError):
        kinds = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})
        return Conflict(f"This cannot be deleted: {', '.join(kinds)} hang on it.")
    if isinstance(error, IntegrityError | DataError):
        return Conflict()
    return error


def sentences(refusal: Refusal) -> dict[str, list[str]]:
    """Django's errors as the API words them: by field, the rest under `non_field_errors`."""
    if not hasattr(refusal, "error_dict"):
        return {api_settings.NON_FIELD_ERRORS_KEY: refusal.messages}
    return {
        api_settings.NON_FIELD_ERRORS_KEY if field == NON_FIELD_ERRORS else field: messages
        for field, messages in refusal.message_dict.items()
    }
