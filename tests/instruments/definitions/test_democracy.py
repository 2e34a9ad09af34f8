"""The sixty questions: penalties for what is critical, a floor, four regimes."""

import pytest

from kurak.engines.composite import score, tabulate
from kurak.instruments.definitions.analysis import definition


def answered(usual, **others):
    declaration = definition("democracy-questions").declaration
    table = tabulate(["x"], {code: [others.get(code, usual)] for code in declaration.leaves})
    return score(declaration, table)


def category(result, name):
    return float(result.scores[name][0])


def test_all_well_is_ten_and_a_full_democracy():
    result = answered("yes")
    assert (category(result, "overall"), result.classes()) == (10, ("full",))


@pytest.mark.parametrize(
    ("answers", "off"),
    [
        ({"q01": "no"}, 1), ({"q01": "no", "q02": "no"}, 1), ({"q02": "partly"}, 0.5),
        ({"q05": "no"}, 1), ({"q01": "no", "q05": "partly"}, 1.5),
    ],
)  # fmt: skip
def test_what_is_critical_for_elections_takes_points_off_beside_its_own(answers, off):
    lost = sum(1 if answer == "no" else 0.5 for answer in answers.values())
    expected = 10 * (12 - lost) / 12 - off
    assert category(answered("yes", **answers), "electoral_process_pluralism") == pytest.approx(expected)


def test_a_civil_service_that_is_partly_able_loses_nothing_more():
    assert category(answered("yes", q23="partly"), "functioning_of_government") == pytest.approx(10 * 13.5 / 14)
    assert category(answered("yes", q23="no"), "functioning_of_government") == pytest.approx(10 * 13 / 14 - 1)
    assert category(answered("yes", q17="no", q23="no"), "functioning_of_government") == pytest.approx(10 * 12 / 14 - 2)


def test_no_category_falls_below_zero():
    result = answered("no")
    assert [category(result, code) for code in ("electoral_process_pluralism", "functioning_of_government")] == [0, 0]
    assert result.classes() == ("authoritarian",)


def test_a_score_on_a_border_belongs_to_the_lower_regime():
    declaration = definition("eiu-democracy").declaration
    for at, regime in ((4, "authoritarian"), (6, "hybrid"), (8, "flawed"), (8.01, "full")):
        assert score(declaration, tabulate(["x"], {leaf: [at] for leaf in declaration.leaves})).classes() == (regime,)
