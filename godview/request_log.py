"""The log's line about a request, without what must not be kept."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class QuietRequestMiddleware(RequestMiddleware):
    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """A sign-in elsewhere comes back with a code in the address: that is nobody's to read."""
        is_callback = request.path.endswith("/callback/")
        return f"{request.method} {request.path if is_callback else request.get_full_path()}"
