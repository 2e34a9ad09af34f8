"""Logs say what happened, not to whom."""

import io
import logging
import logging.config

import pytest

from kurak.ground.safety.logs import LOGGING, cleaned


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::1", "::1", "fe80::1ff:fe23:4567:890a"])
def test_an_address_is_taken_out(address):
    assert cleaned(f"from {address} at 12:30:59, 1.2.3") == "from [address] at 12:30:59, 1.2.3"


def test_a_time_and_a_version_stay():
    assert cleaned("2026-11-23 06:15:00 kurak 0.1.0") == "2026-11-23 06:15:00 kurak 0.1.0"


def test_a_request_and_an_exception_that_quotes_it_are_cleaned(rf):
    written = written_by(lambda log: _crash(log, rf.get("/x/", REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Spyfox")))
    assert "ValueError" in written
    assert not [secret for secret in ("203.0.113.7", "Spyfox", "a@example.org") if secret in written]


def _crash(log, request):
    try:
        raise ValueError(f"bad row of a@example.org from {request.META['REMOTE_ADDR']}")
    except ValueError:
        log.exception("Internal Server Error: %s", request.path, extra={"request": request, "status_code": 500})


def written_by(act) -> str:
    """What the console handler of the settings writes."""
    configurator = logging.config.DictConfigurator({**LOGGING})
    handler = configurator.config["handlers"]["console"]
    stream = logging.StreamHandler(io.StringIO())
    stream.setFormatter(configurator.configure_formatter(configurator.config["formatters"][handler["formatter"]]))
    for name in handler["filters"]:
        stream.addFilter(configurator.configure_filter(configurator.config["filters"][name]))
    log = logging.Logger("django.request")
    log.addHandler(stream)
    act(log)
    return stream.stream.getvalue()


def test_a_long_path_is_read_once():
    """Read again from each of its letters it would hold up this test for a minute, and a page for as long."""
    assert cleaned("/" + "a" * 100_000) == "/" + "a" * 100_000
    assert cleaned("/" + "a" * 100_000 + "@example.org") == "/[e-mail]"
