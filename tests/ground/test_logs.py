"""A log line is one line, whatever a client puts into it."""

import json
import logging
import sys

from palmares.logs import JsonFormatter, TextFormatter


def record(message, *args, exc_info=None):
    made = logging.LogRecord("palmares", logging.WARNING, __file__, 1, message, args, exc_info)
    made.created = 1669132800.5
    return made


def test_text_line():
    assert TextFormatter().format(record("refused %s", "agathe")) == (
        "2022-11-22T16:00:00.500+00:00 WARNING palmares refused agathe"
    )


def test_a_line_break_cannot_forge_a_second_line():
    forged = "agathe\r\n2022-11-22 INFO palmares accepted bruno"
    assert "\n" not in TextFormatter().format(record("refused %s", forged))
    assert "\n" not in JsonFormatter().format(record("refused %s", forged))
    assert json.loads(JsonFormatter().format(record("refused %s", forged)))["message"] == f"refused {forged}"


def test_a_traceback_is_kept():
    try:
        raise ValueError("why")
    except ValueError:
        raised = record("failed", exc_info=sys.exc_info())
    assert "ValueError: why" in TextFormatter().format(raised)
    assert "ValueError: why" in json.loads(JsonFormatter().format(raised))["traceback"]
