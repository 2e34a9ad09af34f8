"""What every page must be, whoever looks at it: quiet console, no sideways scrolling, no barrier that axe can see."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

SCREENS = Path(__file__).parent / "screens"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SEVERE = {"serious", "critical"}


@dataclass
class Walk:
    """A page in a browser, with what it complained about and what it fetched."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    scripts: bool = True
    expected: tuple[str, ...] = ()  # complaints that are meant, such as the status of an error page

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in self.expected):
            self.complaints.append(message.text)

    def _watch(self, request) -> None:
        if not request.url.startswith((f"{self.url.rsplit(':', 1)[0]}:", "data:", "blob:")):
            self.strangers.append(request.url)

    def to(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def check(self, name: str = "", *, axe: bool = True) -> None:
        """All that must hold of the page as it stands now; `name` keeps a picture of it."""
        if name:
            SCREENS.mkdir(exist_ok=True)
            self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
        assert not self.complaints, self.complaints
        assert not self.strangers, self.strangers
        assert sideways(self.page) <= 0, f"{self.page.url} scrolls by {sideways(self.page)} px: {widest(self.page)}"
        if axe and self.scripts:
            found = barriers(self.page)
            assert not found, found


def barriers(page: Page) -> list[str]:
    """What axe finds serious or critical, with the elements."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {[node['target'] for node in each['nodes']][:5]}"
        for each in found
        if each["impact"] in SEVERE
    ]


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def widest(page: Page) -> list[str]:
    return page.evaluate(
        """[...document.querySelectorAll('body *')].filter((each) => {
             const box = each.getBoundingClientRect();
             return each.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
           }).slice(0, 5).map((each) => each.outerHTML.slice(0, 120))"""
    )
