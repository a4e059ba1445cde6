from django.contrib.auth.hashers import make_password

from clients.models import Staff, User

ADMIN = "admin@demo.example"
LOGINS = {
    "leader@demo.example": "leader, sees everything",
    "director@demo.example": "account director, sees the pods of a department",
    "manager@demo.example": "account manager, sees the clients of a pod",
    "designer@demo.example": "designer, sees the clients of two pods",
    ADMIN: "administrator",
}


def make_logins(password: str) -> None:
    """One password for all, made hard to guess once; each is the staff with that address."""
    hashed = make_password(password)
    User.objects.create(
        email=ADMIN,
        password=hashed,
        first_name="Demo",
        last_name="Admin",
        is_staff=True,
        is_superuser=True,
    )
    for email in LOGINS:
        if email != ADMIN:
            _let_in(Staff.objects.get(email=email), hashed)


def _let_in(person: Staff, hashed: str) -> None:
    given, _, family = person.name.partition(" ")
    person.user = User.objects.create(
        email=person.email or "", password=hashed, first_name=given, last_name=family
    )
    person.save()


def is_demo() -> bool:
    return User.objects.filter(email__in=LOGINS).count() == len(LOGINS)
