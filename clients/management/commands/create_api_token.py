"""manage.py create_api_token EMAIL --name "phone system" --scope write --days 90"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clients.api_tokens import make_token
from clients.models import ApiToken, User


class Command(BaseCommand):
    help = "Make a key for a program that acts for a person. Prints it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="Whose rights the key has.")
        parser.add_argument("--name", default="command line", help="What will use it.")
        parser.add_argument("--scope", choices=ApiToken.Scope.values, default="read")
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        asked = {name: options[name] for name in ("name", "scope", "days")}
        try:
            _, words = make_token(user=user, **asked)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(words)
