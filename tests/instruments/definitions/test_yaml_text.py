"""The text of a definition: what YAML says, and where it is refused."""

import pytest

from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import written


def refused(text):
    with pytest.raises(Misdeclared) as wrong:
        written(text, "dam.yaml")
    return wrong.value.problems[-1]


def test_yes_and_no_are_words_and_dates_are_texts():
    assert written("{yes: 1, no: 0, dated: 2020-01-02, on: true}").document == {
        "yes": 1, "no": 0, "dated": "2020-01-02", "on": True,
    }  # fmt: skip


def test_numbers_are_read_as_written_and_quoted_ones_are_texts():
    assert written("[1, -2.5, 1e-3, .5, '7', 1_000, 0x1F, .nan]").document == [
        1, -2.5, 0.001, 0.5, "7", "1_000", "0x1F", ".nan",
    ]  # fmt: skip


def test_every_value_has_its_line_and_column():
    found = written("a: 1\nb:\n  - c: 2\n  - d\n")
    assert found.at(("b", 0, "c")) == (3, 5)
    assert found.at(("b", 1)) == (4, 5)
    assert found.at(("b", 1, "nothing", "here")) == (4, 5)


def test_a_key_that_is_there_twice_is_named_with_both_lines():
    found = written("a: 1\nb: 2\na: 3\n")
    assert [(p.line, p.code) for p in found.problems] == [(3, "twice")]
    assert "line 1" in found.problems[0].said


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x [1]\nb: *x", "anchor", 1),
        ("a: 1\nb: *x", "anchor", 2),
        ("a: !!python/object:os.system x", "tag", 1),
        ("a: 1\n? [x, y]\n: 2", "key", 2),
        ("a: 1\n---\nb: 2", "two-documents", 2),
        ("a: [1, 2\nb: 3", "not-yaml", 2),
        ("a: 1\n\tb: 2", "not-yaml", 2),
        ("[" * 60 + "]" * 60, "too-deep", 1),
        ("[" + "1, " * 70_000 + "]", "too-deep", 1),
        ("# " + "x" * 1_000_001, "too-large", 1),
        ("a: 1\nb: \x00", "not-yaml", 2),
    ],
)
def test_what_could_do_harm_or_is_no_yaml_is_refused_with_its_line(text, code, line):
    problem = refused(text)
    assert (problem.code, problem.line) == (code, line)
    assert problem.remedy


def test_a_bomb_of_aliases_is_refused_before_it_grows():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{'*' + a + ', '} *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(bomb).code == "anchor"


def test_an_empty_file_is_nothing():
    assert written("").document is None


def test_a_tab_that_indents_is_called_a_tab():
    with pytest.raises(Misdeclared) as wrong:
        written("tree:\n\tcode: a\n", "own.yaml")
    problem = wrong.value.problems[0]
    assert (problem.line, problem.remedy) == (2, "Indent with spaces")
