"""The tutorial speaks of the pages as they are."""

import re
from pathlib import Path

import kurak

ROOT = Path(kurak.__file__).parent
TUTORIAL = ROOT.parents[1] / "docs/tutorials/first-conversation.md"
SHOWN = re.compile(r"""(?:translate|_|gettext|_l)\s*\(?\s*(["'])(.+?)\1""")


def strings_of_pages() -> set[str]:
    files = [*ROOT.rglob("*.html"), *ROOT.rglob("*.py")]
    return {found[1] for file in files for found in SHOWN.findall(file.read_text(encoding="utf-8"))}


def test_every_label_it_names_is_on_a_page():
    named = {" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", TUTORIAL.read_text("utf-8"), re.DOTALL)}
    assert len(named) > 20
    assert named - strings_of_pages() == set()


def test_every_page_it_links_to_is_there():
    linked = re.findall(r"\]\(([^)]+)\)", TUTORIAL.read_text("utf-8"))
    assert [link for link in linked if not (TUTORIAL.parent / link).exists()] == []
