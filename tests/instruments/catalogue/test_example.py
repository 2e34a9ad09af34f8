"""Worked examples are computed when they are read."""

import pytest

from kurak.instruments.catalogue.analysis import example_of, tried
from kurak.instruments.definitions.analysis import from_document, read_file, shipped
from tests.factories.catalogue import a_document


def computed(**changed):
    return example_of(from_document(a_document(**changed)))


def test_an_example_goes_from_values_to_scores_and_classes():
    trial = computed()
    leaves = {each.code: each for each in trial.units[0].leaves}
    nodes = {each.code: each for each in trial.units[0].nodes}
    assert (leaves["depth"].given, leaves["depth"].score, leaves["depth"].normalised) == (10, 10, 75)
    assert (nodes["water"].score, nodes["wells"].score) == (77.5, 56.875)
    assert nodes["wells"].class_code == "fair"
    assert all(each.holds for each in trial.checks)


def test_an_example_that_expects_something_else_says_so():
    example = a_document()["example"] | {"expect": {"wells": 57, "water": "good"}}
    assert [each.holds for each in computed(example=example).checks] == [False, False]


def test_an_example_with_an_impossible_value_says_what_is_wrong():
    example = a_document()["example"] | {"values": {"care": "much"}}
    assert "'much'" in computed(example=example).problems[0]


def test_trial_data_may_leave_criteria_out():
    trial = tried(from_document(a_document()), ["a", "b"], {"care": ["all", None], "clean": [90, None]})
    first, second = ({each.code: each for each in unit.nodes} for unit in trial.units)
    assert first["water"].score == 90
    assert (second["wells"].score, second["wells"].reason) == (None, "all-missing")


@pytest.mark.parametrize("file", [file for _code, _edition, file in shipped()], ids=lambda file: file.stem)
def test_the_example_of_a_shipped_definition_holds_on_its_page(file):
    trial = example_of(read_file(file))
    if trial is None:
        pytest.skip("no worked example")
    assert not trial.problems
    assert [each for each in trial.checks if not each.holds] == []
