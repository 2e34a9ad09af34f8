"""Input that nobody means to give: the engine scores it, with a reason for every score that is not there, or refuses it
with the place and the remedy. It never fails otherwise, and infinity never comes out."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kurak.engines.composite import Undeclarable, Unusable, declare, score, tabulate
from kurak.engines.composite.problems import Wrong
from kurak.engines.composite.stages import COMBINATIONS, IMPUTATIONS, NORMALISATIONS, TREATMENTS, WEIGHTINGS
from kurak.engines.composite.table import LARGEST
from kurak.engines.composite.varying import vary
from tests.engines.composite.documents import a_document, a_mean

SETTINGS = {
    "power": {"p": 0.5}, "mean-of-worst": {"k": 2}, "mean-of-best": {"k": 2}, "at-least": {"k": 2},
    "owa": {"exponent": 2}, "target": {"target": 2}, "goalposts": {"low": 0, "high": 5}, "unit": {"unit": "p"},
    "piecewise": {"knots": [[0, 0], [5, 1]]}, "group-mean": {"group": "region"}, "group-median": {"group": "region"},
    "budget": {"points": {"ann": [1, 2, 3]}}, "ahp": {"comparisons": [1, 2, 3]}, "regression ": {"outcome": "c"},
    "multiple": {"draws": 2},
}  # fmt: skip
ODD = [0.0, -0.0, 1.0, 1.0 + 2**-52, -1.0, 2.0, 3.5, 1e-9, 5e-324, -5e-324, 1e16, LARGEST, -LARGEST, None]
often = settings(max_examples=15)


def ways(methods, *, leave=()):
    names = [name for name in sorted(methods) if name not in leave]
    return st.sampled_from([{"by": name, **SETTINGS.get(name, {})} for name in names])


combines = ways(COMBINATIONS)
normalises = st.none() | ways(NORMALISATIONS)
treats = st.none() | ways(TREATMENTS)
imputes = st.none() | ways(IMPUTATIONS)
weighs = st.none() | ways(WEIGHTINGS, leave=("regression", "budget", "ahp"))
missings = st.sampled_from(["available", "strict", {"at_least": 0.6}, {"required": ["a"]}, {"value": 0}])
columns = st.integers(1, 6).flatmap(
    lambda n: st.tuples(*[st.lists(st.sampled_from(ODD), min_size=n, max_size=n) for _ in "abc"])
)


def stage(name, choice):
    return {} if choice is None else {name: choice}


def told(problems):
    return all(each.code and each.said and each.remedy for each in problems) and bool(problems)


def strictly(run):
    """The outcome, or None where it was refused properly."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return run()
        except Wrong as wrong:
            refused = wrong.problems
    assert told(refused), refused
    return None


def assert_sound(found):
    for code, x in found.scores.items():
        assert not np.isinf(x).any(), code
        reasons = [found.reason(code, row) for row in range(found.table.n)]
        assert [bool(each) for each in reasons] == np.isnan(x).tolist(), (code, reasons, x)
        ranks = found.ranks(code)
        assert np.array_equal(np.isnan(ranks), np.isnan(x))
        assert np.isnan(ranks).all() or np.nanmin(ranks) == 1
        assert ((found.coverage[code] >= 0) & (found.coverage[code] <= 1 + 1e-9)).all()


def an_odd_table(cells, periods=False):
    n = len(cells[0])
    units = [*"pqrstu"[:n]]
    table = dict(zip("abc", cells, strict=True)) | {"region": ["n", "", "s", "n", "s", ""][:n]}
    if periods:
        return tabulate(["p"] * n, table, [str(2000 + row) for row in range(n)])
    return tabulate(units, table)


@often
@given(columns, combines, normalises, treats, imputes, missings, st.booleans())
def test_odd_values_are_scored_soundly_or_refused(cells, combine, normalise, treat, impute, missing, panel):
    stages = stage("normalise", normalise) | stage("treat", treat) | stage("impute", impute)
    document = a_document(a_mean("a", "b", "c", combine=combine, missing=missing), defaults=stages, groups=["region"])
    found = strictly(lambda: score(declare(document), an_odd_table(cells, panel)))
    if found is not None:
        assert_sound(found)


@pytest.mark.parametrize("name", sorted(NORMALISATIONS))
@often
@given(columns, st.sampled_from(["up", "down"]))
def test_every_scale_of_odd_values(name, cells, direction):
    normalise = {"by": name, **SETTINGS.get(name, {})}
    leaf = {"code": "a", "direction": direction, "normalise": normalise}
    table = an_odd_table(cells, "panel" in NORMALISATIONS[name].traits)
    found = strictly(lambda: score(declare(a_document(a_mean(leaf, "b"))), table))
    if found is not None:
        assert_sound(found)


@pytest.mark.parametrize("name", sorted(COMBINATIONS))
@often
@given(columns)
def test_every_combination_of_odd_values(name, cells):
    combine = {"by": name, **SETTINGS.get(name, {})}
    found = strictly(lambda: score(declare(a_document(a_mean("a", "b", "c", combine=combine))), an_odd_table(cells)))
    if found is not None:
        assert_sound(found)


@pytest.mark.parametrize("name", sorted(TREATMENTS))
@often
@given(columns, st.booleans())
def test_every_treatment_of_odd_values(name, cells, force):
    treat = {"by": name, "force": force}
    document = a_document(a_mean("a", "b", "c"), defaults={"treat": treat, "normalise": "minmax"})
    found = strictly(lambda: score(declare(document), an_odd_table(cells)))
    if found is not None:
        assert_sound(found)


@pytest.mark.parametrize("name", sorted(IMPUTATIONS))
@often
@given(columns, st.booleans())
def test_every_imputation_of_odd_values(name, cells, panel):
    impute = {"by": name, **SETTINGS.get(name, {})}
    document = a_document(a_mean("a", "b", "c"), defaults={"impute": impute}, groups=["region"])
    found = strictly(lambda: score(declare(document), an_odd_table(cells, panel)))
    if found is not None:
        assert_sound(found)


@often
@given(columns, weighs, normalises)
def test_weights_found_from_odd_values(cells, weigh, normalise):
    tree = a_mean("a", "b", "c", **stage("weigh", weigh))
    found = strictly(
        lambda: score(declare(a_document(tree, defaults=stage("normalise", normalise))), an_odd_table(cells))
    )
    if found is not None:
        assert_sound(found)


@settings(max_examples=30)
@given(columns, normalises)
def test_odd_values_vary_soundly(cells, normalise):
    factors = [
        {"factor": "weights", "within": 0.5},
        {"factor": "include", "of": ["a", "b"]},
        {"factor": "error", "sd": 1},
    ]
    document = a_document(a_mean("a", "b", "c"), defaults=stage("normalise", normalise), uncertainty=factors)
    found = strictly(lambda: vary(declare(document), an_odd_table(cells), draws=5))
    if found is not None:
        assert not np.isinf(found.outcomes.scores["all"]).any()
        assert np.isnan(found.ranks().mean).tolist() == np.isnan(found.scores().mean).tolist()


@pytest.mark.parametrize("cell", [math.inf, -math.inf, "inf", "-Infinity", "1e999", 1e61, -1e300])
def test_infinity_is_refused_by_unit_and_column(cell):
    with pytest.raises(Unusable, match=r"q: .* in the column 'a' is not a value of a"):
        score(declare(a_document(a_mean("a"))), tabulate("pq", {"a": [1.0, cell]}))


def test_no_rows_at_all_give_no_scores():
    found = score(
        declare(a_document(a_mean("a", "b"), defaults={"normalise": "minmax"})), tabulate([], {"a": [], "b": []})
    )
    assert found.scores["all"].shape == (0,)
    assert [*found.rows()] == []


def test_a_unit_there_twice_and_a_code_there_twice_are_refused():
    with pytest.raises(Unusable, match="p is there twice"):
        tabulate("pp", {"a": [1, 2]})
    with pytest.raises(Undeclarable, match=r"tree\.children\.1.*the code 'a' is there twice"):
        declare(a_document(a_mean("a", "a")))


def test_ten_thousand_levels_are_refused_with_a_remedy():
    tree = {"code": "leaf"}
    for level in range(10_000):
        tree = {"code": f"n{level}", "children": [tree]}
    with pytest.raises(Undeclarable) as refused:
        declare(a_document(tree))
    assert told(refused.value.problems)


def test_a_formula_of_ten_thousand_brackets_is_refused_with_a_remedy():
    for formula in ("(" * 10_000 + "1" + ")" * 10_000, "1" + "+1" * 20_000, "-" * 10_000 + "1", "9**9**9**9"):
        found = strictly(
            lambda formula=formula: score(declare(a_document({"code": "all", "formula": formula})), tabulate("p", {}))
        )
        assert found is None or not np.isinf(found.scores["all"]).any()


ODD_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
A_FULL_DOCUMENT = a_document(
    a_mean(
        {"code": "x", "children": [{"code": "a", "weight": 2, "normalise": {"by": "minmax", "to": [0, 1]}}],
         "classes": "c"},
        {"code": "b", "answers": {"yes": 1, "no": 0}, "bounds": [0, 1], "treat": {"by": "winsorise", "most": 2}},
        {"code": "d", "denominator": "e", "trend": {"goal": 1, "by_year": 2030}, "impute": {"by": "mean"}},
        missing={"at_least": 0.5, "by": "count"}, combine={"by": "power", "p": 2}, then=[{"cap": 50, "when": "a < 3"}],
    ),
    also=[{"code": "f", "formula": "a + b"}], inputs=[{"code": "e"}], missing={"n/a": "not-applicable"},
    classes={"c": {"of": [{"code": "low"}, {"code": "high", "from": 2, "needs": "a > 1"}]}}, groups=["region"],
    ranks={"ties": "min"}, scale={"low": 0, "high": 1, "digits": 2}, over="each-period", reference="old",
    defaults={"screen": {"available": 0.5}}, uncertainty=[{"factor": "weights", "within": 0.2}], excluded=[],
)  # fmt: skip


def places(given_, path=()):
    yield path
    inside = given_.items() if isinstance(given_, dict) else enumerate(given_) if isinstance(given_, list) else ()
    for key, each in inside:
        yield from places(each, (*path, key))


PLACES = [path for path in places(A_FULL_DOCUMENT) if path]


def with_instead(given_, path, odd):
    if not path:
        return odd
    if isinstance(given_, dict):
        return {key: with_instead(each, path[1:], odd) if key == path[0] else each for key, each in given_.items()}
    return [with_instead(each, path[1:], odd) if key == path[0] else each for key, each in enumerate(given_)]


def test_the_full_document_is_right():
    assert declare(A_FULL_DOCUMENT).root == "all"


@settings(max_examples=300)
@given(st.sampled_from(PLACES), ODD_JSON)
def test_anything_anywhere_in_a_document_is_read_or_refused_with_a_remedy(path, odd):
    strictly(lambda: declare(with_instead(A_FULL_DOCUMENT, path, odd)))


@given(ODD_JSON)
def test_anything_at_all_is_read_or_refused_with_a_remedy(odd):
    strictly(lambda: declare(odd))
