"""Made ready before the first visit: addresses and templates, and nothing that needs a database."""

from django.template import engines

from godview import warm
from metrics.queries import stamps


def test_what_every_page_needs_is_read_without_asking_the_database():
    (loader,) = engines["django"].engine.template_loaders
    loader.reset()
    warm.make_ready()
    stamps.make_ready()
    assert set(warm.TEMPLATES) <= set(loader.get_template_cache)
