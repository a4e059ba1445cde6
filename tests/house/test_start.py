"""What costs time and memory is loaded where it is used, not when a process starts."""

from tests.house.project import complaints, run

LAZY = {
    *("asana", "holidays", "icalendar", "plotly", "sentry_sdk", "weasyprint"),
    *("duckdb", "lifelines", "numpy", "pandas", "polars", "scipy", "statsmodels"),
    *("factory", "faker", "hypothesis", "jsonschema", "playwright", "pytest", "schemathesis"),
}
START = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "godview.settings"
import django
django.setup()
from django.urls import get_resolver
list(get_resolver().reverse_dict)  # every page and the API behind it
from godview.celery import app
app.loader.import_default_modules()
print(*sorted({module.partition(".")[0] for module in sys.modules}))
"""


def test_heavy_libraries_stay_out_of_a_process_that_just_started():
    done = run("-c", START)
    assert done.returncode == 0, complaints(done)
    loaded = set(done.stdout.split())
    assert "celery" in loaded
    assert loaded & LAZY == set()
