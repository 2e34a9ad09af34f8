import numpy as np
import pytest

from kurak.engines.composite import Unusable, declare, score, tabulate
from tests.engines.composite.documents import a_document, a_mean

ANSWERS = {"no": 0, "partly": 50, "yes": 100, "n/a": "not-applicable", "dk": "unknown"}


def reasons(leaf, cells, **more):
    found = score(
        declare(a_document(a_mean(leaf), **more)), tabulate([str(i) for i in range(len(cells))], {"a": cells})
    )
    return [found.reason("a", i) for i in range(len(cells))]


def values(leaf, cells, **more):
    declaration = declare(a_document(a_mean(leaf), **more))
    return score(declaration, tabulate([str(i) for i in range(len(cells))], {"a": cells})).scores["a"].tolist()


def test_answers_stand_for_values():
    assert values({"code": "a", "answers": ANSWERS}, ["yes", "No", " partly ", 100]) == [100, 0, 50, 100]


def test_numbers_may_be_answers():
    anchors = {"0": 0, "1": 25, "2": 100}
    assert values({"code": "a", "answers": anchors}, [1, "2", 0.0, "1.0"]) == [25, 100, 0, 25]


def test_why_a_cell_is_empty_is_kept():
    cells = ["yes", None, "", "n/a", "dk", "..", "w"]
    tokens = {"..": "not-covered", "w": "withheld"}
    assert reasons({"code": "a", "answers": ANSWERS}, cells, missing=tokens) == [
        "", "missing", "missing", "not-applicable", "unknown", "not-covered", "withheld",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["1,5", "maybe", "nan%", "inf", "1e999", True])
def test_a_cell_that_is_no_value_is_refused_by_unit_and_column(cell):
    with pytest.raises(Unusable) as refused:
        values({"code": "a"}, [1, cell])
    (problem,) = refused.value.problems
    assert problem.path == ("a", 1)
    assert "decimal point" in problem.remedy


def test_an_unknown_answer_is_refused_with_the_known_ones():
    with pytest.raises(Unusable, match=r"maybe.*Use one of: no, partly, yes"):
        values({"code": "a", "answers": ANSWERS}, ["maybe"])


def test_an_implausible_value_is_refused():
    with pytest.raises(Unusable, match="must lie between 0 and 10"):
        values({"code": "a", "bounds": [0, 10]}, [5.0, 50.0])
    assert values({"code": "a", "bounds": [0, 10]}, [0.0, 10.0 + 1e-12]) == [0, 10 + 1e-12]


def test_a_column_that_is_not_there_is_named_with_the_nearest():
    declaration = declare(a_document(a_mean({"code": "a", "column": "income"})))
    with pytest.raises(Unusable, match="Is it the one called 'incom'"):
        score(declaration, tabulate(["u"], {"incom": [1]}))


def test_a_unit_that_is_there_twice_is_refused():
    with pytest.raises(Unusable, match="KGZ in 2020 is there twice"):
        tabulate(["KGZ", "TJK", "KGZ"], {"a": [1, 2, 3]}, periods=[2020, 2020, 2020])


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(Unusable, match="2 cells, not 1"):
        tabulate(["KGZ"], {"a": [1, 2]})


def test_a_denominator_that_is_zero_or_missing_leaves_no_infinity():
    tree = a_mean({"code": "a", "denominator": "people", "scale_factor": 1000})
    declaration = declare(a_document(tree, inputs=[{"code": "people"}]))
    found = score(declaration, tabulate(["x", "y", "z"], {"a": [5, 5, 5], "people": [500, 0, None]}))
    assert found.scores["a"][0] == 10
    assert np.isnan(found.scores["a"][1:]).all()
    assert [found.reason("a", i) for i in range(3)] == ["", "denominator", "denominator"]


def test_the_checksum_of_the_input_is_of_the_values_and_not_of_how_they_are_written():
    declaration = declare(a_document(a_mean("a")))
    one = score(declaration, tabulate(["x", "y"], {"a": [1, None], "note": ["q", "r"]}))
    two = score(declaration, tabulate(["x", "y"], {"a": ["1.0", ""]}))
    three = score(declaration, tabulate(["x", "y"], {"a": [1, 2]}))
    assert one.made_from == two.made_from != three.made_from
