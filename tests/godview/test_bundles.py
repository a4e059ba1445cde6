import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import override_settings

from godview.bundles import BUNDLES, joined, joined_name
from launch.environment import ROOT

STATIC = ROOT / "static"
OWN = [path for kind in ("css", "js") for path in sorted((STATIC / kind).iterdir())]
JOINED = "godview.bundles.JoinedStaticFilesStorage"


def read(bundle: str) -> str:
    return joined(bundle, [(STATIC / file).read_text() for file in BUNDLES[bundle]])


def test_every_file_of_a_bundle_is_there():
    files = {file for files in BUNDLES.values() for file in files}
    assert [file for file in files if not (STATIC / file).is_file()] == []


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_says_all_that_its_files_say_in_their_order(bundle):
    text = read(bundle)
    at = -1
    for file in BUNDLES[bundle]:
        lines = [line.strip() for line in (STATIC / file).read_text().splitlines()]
        code = [line for line in lines if line and not line.startswith(("//", "/*"))]
        at = text.index(code[-2:][0], at + 1)
    assert "/*" not in text or bundle.startswith("js/")


def test_the_layers_are_named_before_any_of_them_is_filled():
    text = read("css/core")
    assert text.index("@layer tokens, base, shell, components, pages;") < text.index(
        "@layer tokens {"
    )


def test_an_address_in_a_joined_file_still_leads_to_its_font():
    for bundle in BUNDLES:
        for url in re.findall(r"url\((\.[^)]+)\)", read(bundle)):
            assert ((STATIC / joined_name(bundle)).parent / url).resolve().is_file()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_leaving_out_comments_and_indents_changes_no_code(path: Path):
    """The joiner knows no syntax: a text over several lines would lose its indents."""
    text = path.read_text()
    if path.suffix == ".js":
        assert [one for one in re.findall(r"`[^`]*`", text) if "\n" in one] == []
        assert "/*" not in text
    else:
        assert [one for one in re.findall(r"\"[^\"]*\"", text) if "/*" in one] == []


def test_a_page_links_one_style_and_one_script_beside_what_all_pages_have():
    """Two links next to each other are a bundle that nobody named; the admin and the pages of
    the API have their own."""
    two = re.compile(r"(<link rel=\"stylesheet\"|<script src=)[^\n]+\n\s*\1")
    found = [p for p in (ROOT / "templates").rglob("*.html") if two.search(p.read_text())]
    assert {path.name for path in found} <= {"base_site.html", "swagger_ui.html"}


def test_as_it_lies_each_file_is_linked_and_collected_one_is():
    template = Template('{% styles "team" %}{% scripts "client" %}')
    plain = template.render(Context())
    assert re.findall(r"/static/([\w/.-]+)", plain) == [*BUNDLES["css/team"], *BUNDLES["js/client"]]
    with override_settings(STORAGES={"staticfiles": {"BACKEND": JOINED}}, DEBUG=True):
        collected = template.render(Context())
    assert re.findall(r"/static/([\w/.-]+)", collected) == ["joined/team.css", "joined/client.js"]
