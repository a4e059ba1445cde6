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
    """One password for all; each is the member of staff with that address."""
    for email in LOGINS:
        if email == ADMIN:
            User.objects.create_superuser(email, password, first_name="Demo", last_name="Admin")
            continue
        person = Staff.objects.get(email=email)
        given, _, family = person.name.partition(" ")
        person.user = User.objects.create_user(email, password, first_name=given, last_name=family)
        person.save()


def is_demo() -> bool:
    return User.objects.filter(email__in=LOGINS).count() == len(LOGINS)
