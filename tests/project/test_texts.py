"""Every word that a person sees can be translated."""

import ast
from pathlib import Path

import pytest

from tests.project.markup import bare_texts

SOURCE = Path(__file__).parents[2] / "src/kurak"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts and "cli" not in path.parts]
REFUSALS = {"Refused", "Forbidden", "Missing", "TooMany", "ValidationError"}
LABELS = {"label", "help_text", "empty_label"}
# The page for when everything else is broken speaks every language at once, and no catalogue is there to ask.
SPEAKS_FOR_ITSELF = {"500.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_has_no_bare_words(path):
    if path.name in SPEAKS_FOR_ITSELF:
        pytest.skip("the page of last resort needs no catalogue")
    assert not bare_texts(path.read_text(encoding="utf-8"))


def bare_strings(tree: ast.AST) -> list[str]:
    """String constants where a sentence for a person belongs."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            if name in REFUSALS:
                found += [each for each in node.args[0 if name == "ValidationError" else 1 :] if is_words(each)]
            if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "messages":
                found += [each for each in node.args[1:] if is_words(each)]
            found += [each.value for each in node.keywords if each.arg in LABELS and is_words(each.value)]
    return [f"line {each.lineno}" for each in found]


def is_words(node: ast.AST) -> bool:
    words = isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)
    return words or isinstance(node, ast.JoinedStr)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_says_nothing_untranslatable(path):
    assert not bare_strings(ast.parse(path.read_text(encoding="utf-8")))


def test_the_scan_finds_bare_words():
    assert bare_texts('<p title="Water">{% translate "Air" %} and</p><script>let a</script>') == ["Water", "and"]
    assert bare_strings(ast.parse('raise Refused("code", "Do this.")')) == ["line 1"]
