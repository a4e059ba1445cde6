"""Logs are one JSON line per event, whoever wrote it, and cannot be forged with a line break."""

import io
import json
import logging

import pytest
import structlog

from godview.logs import formatter


@pytest.fixture
def lines():
    """Everything logged below `tests.logs`, as it would stand on standard output."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter())
    logger = logging.getLogger("tests.logs")
    logger.addHandler(handler)
    logger.setLevel("INFO")
    logger.propagate = False
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_a_line_of_a_library_has_time_level_and_name(lines):
    logging.getLogger("tests.logs").warning("%d of %d", 3, 4)
    (line,) = lines()
    assert line["message"] == "3 of 4"
    assert line["level"] == "warning"
    assert line["logger"] == "tests.logs"
    assert line["timestamp"].endswith("Z")


def test_our_own_lines_carry_their_facts(lines):
    structlog.get_logger("tests.logs").info("read", project="7", tasks=12)
    (line,) = lines()
    assert (line["message"], line["project"], line["tasks"]) == ("read", "7", 12)


def test_a_line_belongs_to_its_request(lines):
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        logging.getLogger("tests.logs").error("failed")
    assert lines()[0]["request_id"] == "abc"


def test_a_text_with_line_breaks_stays_one_line(lines):
    logging.getLogger("tests.logs").warning('first\n{"level": "error"}')
    (line,) = lines()
    assert line["level"] == "warning"


def test_an_exception_is_on_its_line(lines):
    try:
        raise KeyError("gid")
    except KeyError:
        logging.getLogger("tests.logs").exception("broke")
    (line,) = lines()
    assert "KeyError: 'gid'" in line["exception"]
