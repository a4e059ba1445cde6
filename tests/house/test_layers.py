from tests.house.project import ROOT, complaints, run


def test_nobody_imports_upwards():
    done = run("-c", "import sys; from importlinter.cli import lint_imports_command as c; c()")
    assert done.returncode == 0, complaints(done)


def test_the_project_package_stays_empty():
    """Importing Celery there would make every formula load Django."""
    assert (ROOT / "godview" / "__init__.py").read_text() == ""
