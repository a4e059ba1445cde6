"""Static files as production serves them: joined, named by their content, found under that name."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

FINDER = "django.contrib.staticfiles.finders.FileSystemFinder"


@pytest.fixture
def joined(settings: Any, tmp_path: Path) -> Path:
    """Only our own files are collected; the admin's and the API's pages are not looked at."""
    folder = tmp_path / "static"
    settings.STATICFILES_FINDERS = [FINDER]
    settings.STATIC_ROOT = str(folder)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "godview.bundles.JoinedStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.STATICFILES_DIRS = [folder]  # the test's server finds them there
    return folder
