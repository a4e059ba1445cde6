import secrets

from tests.house.project import complaints, run

PRODUCTION = {
    "DEBUG": "0",
    "HTTPS": "1",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "godview.example",
    "DATABASE_URL": "postgres://godview@db.example/godview",
    "STATIC_HASHED": "1",
}


def test_every_change_of_a_model_has_its_migration():
    done = run("manage.py", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, complaints(done)


def test_production_settings_pass_djangos_own_check_without_a_warning():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, complaints(done)


def test_the_schema_of_the_api_is_complete():
    done = run("manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")
    assert done.returncode == 0, complaints(done)
