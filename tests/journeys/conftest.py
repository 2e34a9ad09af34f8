"""A browser, and the platform it walks through."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.platform import Platform
from tests.journeys.walking import DESKTOP, PHONE, Walk

PATIENCE = 30_000  # milliseconds; a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/journeys/" in item.nodeid or item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium where there is one, otherwise Playwright's own."""
    system = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def platform(tmp_path_factory):
    """The platform with places and themes and nothing else; journeys add what they need with platform.prepare."""
    platform = Platform(tmp_path_factory.mktemp("platform")).wait()
    yield platform
    platform.stop()


@pytest.fixture
def walk(browser, platform):
    """walk(language="ru", view=PHONE, scripts=True) opens a browser of its own: a new person on a new device."""
    opened = []

    def open_one(*, language="en", view=DESKTOP, scripts=True, expected=(), **more) -> Walk:
        context = browser.new_context(
            base_url=platform.url,
            viewport=view,
            java_script_enabled=scripts,
            has_touch=view == PHONE,
            extra_http_headers={"Accept-Language": language},
            **{"service_workers": "block", **more},
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        return Walk(context.new_page(), platform.url, scripts=scripts, expected=expected)

    yield open_one
    for context in opened:
        context.close()
