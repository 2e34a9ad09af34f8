"""The command itself: its table, its help, its exit codes."""

import subprocess
import sys

import pytest

from kurak.cli import main as cli
from kurak.cli.main import NOUNS, main


def test_help_lists_the_nouns(capsys):
    assert main(["--help"]) == 0
    assert "opinion" in capsys.readouterr().out


def test_without_a_noun_it_says_how_it_is_used_and_fails(capsys):
    assert main([]) == 2
    assert "usage: kurak NOUN" in capsys.readouterr().out


def test_an_unknown_noun_has_a_code_a_place_and_a_remedy(capsys):
    assert main(["opinions"]) == 2
    error = capsys.readouterr().err
    assert "cli.unknown-noun" in error
    assert "'opinions'" in error
    assert "kurak --help" in error


def test_a_noun_gets_the_words_after_it(monkeypatch):
    heard = []
    monkeypatch.setattr(cli, "command", lambda noun: lambda words: heard.append((noun, words)) or 0)
    assert main(["serve", "--port", "9000"]) == 0
    assert heard == [("serve", ["--port", "9000"])]


def test_an_interruption_is_no_traceback(monkeypatch, capsys):
    def interrupted(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "command", lambda noun: interrupted)
    assert main(["opinion"]) == 130
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_module_of_the_command_and_a_sentence(noun):
    module, said = NOUNS[noun]
    assert module.startswith("kurak.cli.")
    assert said[0].islower()


@pytest.mark.parametrize("words", [["--help"], ["opinion", "--help"]])
def test_neither_help_nor_opinion_loads_the_platform(words):
    code = f"import sys; from kurak.cli.main import main\ntry: main({words})\nexcept SystemExit: pass\n"
    code += "sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
