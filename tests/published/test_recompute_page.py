"""The example of the how-to page is what the command prints."""

from pathlib import Path

import pytest

from kurak.cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/how-to/recompute-a-picture.md"
DATA = ROOT / "../shared/data/opinion"

pytestmark = pytest.mark.published


def test_the_page_shows_what_the_command_prints(tmp_path, monkeypatch, capsys):
    if not (DATA / "brexit-consensus").exists():
        pytest.skip("the conversation brexit-consensus is not here")
    command, *shown = PAGE.read_text(encoding="utf-8").split("\n$ kurak ")[1].split("\n```")[0].splitlines()
    (tmp_path / "brexit-consensus").symlink_to((DATA / "brexit-consensus").resolve())
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 0
    assert capsys.readouterr().out.splitlines() == shown
