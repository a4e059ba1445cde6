#!/usr/bin/env python
"""Django's command line for God View."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
STATE = ROOT / ".state"
SETTINGS = ("SECRET_KEY", "DATABASE_URL", "ENV_FILE")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "godview.settings")
    if not is_configured() and STATE.is_dir():
        from launch.manage import environment_of

        os.environ.update(environment_of(STATE))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def is_configured() -> bool:
    """A checkout that was told nothing works on what bin/up keeps in it."""
    return (ROOT / ".env").exists() or not os.environ.keys().isdisjoint(SETTINGS)


if __name__ == "__main__":
    main()
