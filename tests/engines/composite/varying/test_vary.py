"""Draws of an index: what they are, that they don't depend on how they are computed, and what they cost."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from kurak.engines.composite import Undeclarable, Unusable, declare, score, tabulate
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.stages import TREATMENTS
from kurak.engines.composite.varying import designed, keeping, merge, replay, vary
from kurak.engines.composite.varying.errors import treated_draws
from kurak.engines.composite.varying.factors import planned
from kurak.engines.composite.varying.keeping import without
from tests.engines.composite.documents import a_document, a_mean
from tests.engines.composite.varying.trials import FACTORS, a_table, an_index, same

every_factor = pytest.mark.parametrize("factor", FACTORS)
ALL = [*FACTORS]


@every_factor
def test_draws_do_not_depend_on_the_memory(factor):
    declaration, table = an_index(factor), a_table()
    assert same(vary(declaration, table, draws=40), vary(declaration, table, draws=40, memory=60_000))


def test_draws_do_not_depend_on_threads_or_parts():
    declaration, table = an_index(*ALL), a_table()
    whole = vary(declaration, table, draws=60, seed=3)
    parts = [vary(declaration, table, draws=size, first=first, seed=3) for first, size in ((50, 10), (0, 7), (7, 43))]
    assert same(whole, vary(declaration, table, draws=60, seed=3, threads=4))
    assert same(whole, merge(parts))
    assert same(whole, vary(declaration, table, draws=60, seed=3, memory=90_000, threads=2))


@every_factor
def test_seeds_decide(factor):
    one, again, other = (vary(an_index(factor), a_table(), draws=30, seed=seed) for seed in (1, 1, 2))
    assert same(one, again)
    assert not np.array_equal(one.outcomes.scores["r"], other.outcomes.scores["r"], equal_nan=True)


@every_factor
def test_a_design_replays_its_draws(factor):
    found = vary(an_index(factor), a_table(), draws=25, seed=4)
    assert same(found, replay(an_index(factor), a_table(), found.design))


@every_factor
def test_every_factor_moves_something(factor):
    scores = vary(an_index(factor), a_table(), draws=30).outcomes.scores["r"]
    assert np.ptp(scores, axis=0).max() > 1e-6


def test_a_design_saved_as_columns_replays():
    declaration, table = an_index(*ALL), a_table()
    found = vary(declaration, table, draws=15)
    saved = {name: [repr(each) for each in column.tolist()] for name, column in found.parameters.items()}
    read = {name: np.array([float(each) for each in column]) for name, column in saved.items()}
    assert same(found, replay(declaration, table, designed(declaration, read)))


@every_factor
def test_draws_do_not_depend_on_what_is_remembered(factor, monkeypatch):
    found = vary(an_index(factor, "treat" if factor != "treat" else "impute"), a_table(), draws=30)
    monkeypatch.setattr(keeping, "KEPT", 0)
    monkeypatch.setattr(keeping, "FEWEST", 1)
    assert same(found, vary(an_index(factor, "treat" if factor != "treat" else "impute"), a_table(), draws=30))


def slowly(declaration, table, design, draw):
    """One draw, by writing it into the declaration and scoring that."""
    at = {name: int(each[draw]) for name, each in design.picks.items()}
    options = {factor.kind: factor.settings.get("among") for factor in declaration.factors}

    def leaf_of(leaf):
        normalise = [{"by": "minmax", "to": (1.0, 100.0)}, {"by": "zscore", "mean": 10.0, "sd": 1.0}][at["normalise"]]
        by = normalise.pop("by")
        return replace(
            leaf,
            impute=Choice(options["impute"][at["impute"]]),
            treat=Choice("winsorise", {**leaf.treat.settings, "most": options["treat"][at["treat"]]}),
            normalise=Choice(by, normalise),
        )

    leaves = {code: leaf if code == "size" else leaf_of(leaf) for code, leaf in declaration.leaves.items()}
    nodes = {
        code: replace(
            node,
            combine=Choice(options["combine"][at["combine"]]),
            children=tuple(
                replace(child, weight=weight)
                for child, weight in zip(node.children, design.weights[code][draw], strict=True)
            ),
        )
        for code, node in declaration.nodes.items()
    }
    drawn = replace(declaration, leaves=leaves, nodes=nodes)
    left_out = [(), ("a",), ("q",)][at["include"]]
    return score(without(drawn, left_out)[0], table)


def test_every_draw_is_what_scoring_its_declaration_gives():
    declaration = an_index("weights", "normalise", "treat", "impute", "combine", "include")
    found = vary(declaration, a_table(), draws=40, seed=9)
    for draw in range(40):
        slow = slowly(declaration, a_table(), found.design, draw)
        for code in set(slow.scores) & {"p", "q", "r"}:
            assert np.allclose(found.outcomes.scores[code][draw], slow.scores[code], rtol=1e-12, atol=0)
        assert (found.outcomes.ranks["r"][draw] == slow.ranks()).all()


def test_measured_values_err_through_every_stage():
    declaration, table = an_index("error"), a_table()
    found = vary(declaration, table, draws=30, seed=2)
    erring = declared_errors(declaration, table, found)
    for draw, columns in enumerate(erring):
        again = score(declaration, tabulate(table.units, columns))
        assert np.allclose(found.outcomes.scores["r"][draw], again.scores["r"], rtol=1e-12, atol=0)


@pytest.mark.parametrize("test", [{}, {"skew": 1, "kurtosis": 1}, {"test": "iqr"}, {"force": True}])
def test_draws_are_treated_as_each_alone_would_be(test):
    settings = {"most": 3, "then": "log-ct", **test}
    leaf = replace(an_index().leaves["a"], treat=Choice("winsorise", settings))
    x = np.exp(np.random.default_rng(4).normal(0, 1, (200, 15)))
    x[:, 3] = np.nan
    treated = x.copy()
    treated_draws(leaf, treated)
    alone = np.stack([TREATMENTS["winsorise"].run(row, **settings).values for row in x])
    assert np.array_equal(treated, alone, equal_nan=True)
    assert not np.array_equal(treated, x, equal_nan=True)


def declared_errors(declaration, table, found):
    """The tables that the draws stand for."""
    (part,) = planned(declaration).parts
    for stream in found.design.streams["error"]:
        values = np.stack([table.columns[code] for code in part.leaves], axis=1)
        size = part.share * np.abs(values)
        values = values + part.erred(int(stream), size)
        yield dict(zip(part.leaves, values.T.tolist(), strict=True))


@pytest.mark.parametrize("by", ["normal", "uniform", "triangular"])
def test_errors_have_the_stated_deviation_and_come_from_a_column(by):
    document = a_document(
        a_mean({"code": "a", "error": "se"}), uncertainty=[{"factor": "error", "by": by}], scale={"low": 0, "high": 9}
    )
    table = tabulate(["x", "y", "z"], {"a": [5, 5, 5], "se": [0.5, 2, None]})
    scores = vary(declare(document), table, draws=4000).outcomes.scores["all"]
    assert np.allclose(scores.mean(axis=0), 5, atol=0.1)
    assert np.allclose(scores.std(axis=0), [0.5, 2, 0], rtol=0.05)


def test_errors_stay_inside_plausible_bounds():
    leaf = {"code": "a", "bounds": [0, 10]}
    document = a_document(a_mean(leaf), uncertainty=[{"factor": "error", "sd": 3}])
    scores = vary(declare(document), tabulate(["x", "y"], {"a": [9.5, 1]}), draws=300).outcomes.scores["all"]
    assert scores.max() == 10
    assert scores.min() == 0


def test_a_standard_error_that_is_none_is_named():
    document = a_document(a_mean({"code": "a", "error": "se"}), uncertainty=[{"factor": "error"}])
    with pytest.raises(Unusable, match=r"y: '-2' in the column 'se' is not a standard error"):
        vary(declare(document), tabulate(["x", "y"], {"a": [1, 2], "se": ["0.1", "-2"]}))


def test_dirichlet_weights_keep_their_sum_and_mean():
    declaration = an_index({"factor": "weights", "of": ["p"], "by": "dirichlet", "concentration": 30})
    weights = vary(declaration, a_table(), draws=3000).design.weights["p"]
    assert np.allclose(weights.sum(axis=1), 4)
    assert np.allclose(weights.mean(axis=0), [1, 2, 1], atol=0.03)
    share = np.array([0.25, 0.5, 0.25])
    assert np.allclose((weights / 4).var(axis=0), share * (1 - share) / 31, rtol=0.1)


def test_experts_are_taken_as_they_are():
    pool = [{"a": 1, "b": 1}, {"p": 5, "q": 1}]
    found = vary(an_index({"factor": "weights", "by": "pool", "pool": pool}), a_table(), draws=50)
    chosen = found.design.picks["weights"]
    assert set(chosen.tolist()) == {0, 1}
    assert (found.design.weights["p"] == np.where(chosen[:, None] == 0, [1, 1, 1], [1, 2, 1])).all()
    assert (found.design.weights["r"] == np.where(chosen[:, None] == 0, [2, 1], [5, 1])).all()


def test_leaving_out_every_child_leaves_out_the_node():
    declaration = an_index({"factor": "include", "of": ["d", "e"], "by": "each", "chance": 0.7})
    found = vary(declaration, a_table(), draws=60)
    both = (found.design.picks["include.d"] == 1) & (found.design.picks["include.e"] == 1)
    assert both.any()
    assert np.isnan(found.outcomes.scores["q"][both]).all()
    assert np.array_equal(found.outcomes.scores["r"][both], found.outcomes.scores["p"][both])


def test_every_node_may_choose_for_itself():
    found = vary(an_index({"factor": "combine", "among": ["mean", "geometric"], "each": True}), a_table(), draws=80)
    ways = np.stack([found.design.picks[f"combine.{code}"] for code in ("r", "p", "q")], axis=1)
    assert len(np.unique(ways, axis=0)) == 8


def test_excluded_combinations_are_never_drawn_and_are_listed():
    declaration = an_index(
        "normalise", "combine", "weights", excluded=[{"normalise": "zscore", "combine": "geometric"}]
    )
    found = vary(declaration, a_table(), draws=300)
    pairs = set(zip(found.design.picks["normalise"].tolist(), found.design.picks["combine"].tolist(), strict=True))
    assert pairs == {(0, 0), (0, 1), (1, 0)}
    assert found.factors == ("normalise × combine", "weights")
    assert found.excluded == ("normalise: zscore (mean 10, sd 1), combine: geometric",)


def test_ways_that_cannot_be_computed_are_refused_with_their_names():
    factors = ({"factor": "normalise", "among": ["zscore", "minmax"]}, "combine")
    with pytest.raises(Unusable) as wrong:
        vary(an_index(*factors), a_table(), draws=50)
    said = str(wrong.value)
    assert "with normalise: zscore, combine: geometric" in said
    assert "with normalise: minmax, combine: geometric" in said
    assert "combine: mean" not in said
    assert "Exclude this combination under `excluded`" in said


def test_weights_found_from_the_data_are_found_in_every_draw():
    tree = {**a_mean("a", "b", "c"), "weigh": "entropy"}
    document = a_document(tree, uncertainty=[{"factor": "error", "share": 0.2}])
    declaration, table = declare(document), a_table(gaps=0)
    found = vary(declaration, table, draws=10, seed=1)
    for draw, columns in enumerate(declared_errors(declaration, table, found)):
        slow = score(declaration, tabulate(table.units, columns))
        assert np.allclose(found.outcomes.scores["all"][draw], slow.scores["all"], rtol=1e-12, atol=0)


def test_classes_cut_from_the_data_are_cut_in_every_draw():
    classes = {"halves": {"by": "breaks", "of": [{"code": "low"}, {"code": "high"}]}}
    declaration = an_index("error", classes=classes)
    found = vary(declaration, a_table(), draws=20)
    for draw, columns in enumerate(declared_errors(declaration, a_table(), found)):
        slow = score(declaration, tabulate(a_table().units, columns)).classes()
        assert tuple(np.array(["low", "high"])[found.outcomes.classes["r"][draw]]) == slow


def test_periods_and_groups_are_ranked_apart():
    table = tabulate(["x", "y", "x", "y"], {"a": [1, 2, 4, 3], "b": [1, 2, 4, 3]}, periods=[2020, 2020, 2021, 2021])
    declaration = declare(a_document(a_mean("a", "b"), uncertainty=[FACTORS["weights"]]))
    found = vary(declaration, table, draws=10)
    assert (found.outcomes.ranks["all"] == [2, 1, 1, 2]).all()


def test_too_little_memory_is_refused_with_a_remedy():
    with pytest.raises(Unusable, match="Allow more memory, or ask for fewer nodes or draws"):
        vary(an_index("weights"), a_table(), draws=1000, memory=1000)


def test_nothing_to_vary_and_unknown_factors_are_refused():
    with pytest.raises(Undeclarable, match="nothing that may vary"):
        vary(an_index(), a_table())
    with pytest.raises(Undeclarable, match=r"there is no factor 'weight'\. Use: weights"):
        vary(an_index("weights"), a_table(), factors=["weight"])


def test_one_factor_alone_leaves_the_others_as_declared():
    found = vary(an_index("weights", "combine"), a_table(), draws=20, factors=["combine"])
    assert found.factors == ("combine",)
    assert not found.design.weights
    assert len(np.unique(found.outcomes.scores["r"], axis=0)) == 2


def test_runs_of_another_seed_or_with_the_same_draws_do_not_merge():
    declaration, table = an_index("weights"), a_table()
    one, other, same_draws = (vary(declaration, table, draws=5, seed=seed) for seed in (1, 2, 1))
    with pytest.raises(Unusable, match="differ"):
        merge([one, other])
    with pytest.raises(Unusable, match="twice"):
        merge([one, same_draws])


def test_a_design_of_other_factors_is_refused():
    design = vary(an_index("weights"), a_table(), draws=5).design
    with pytest.raises(Unusable, match="nothing varies 'p'"):
        replay(an_index("combine"), a_table(), design)
    picked = replace(design, weights={}, picks={"combine": np.full(5, 2)})
    with pytest.raises(Unusable, match="does not offer"):
        replay(an_index("combine"), a_table(), picked)
    broken = replace(design, weights={**design.weights, "q": np.zeros((5, 2))})
    with pytest.raises(Unusable, match="no usable weights of 'q'"):
        replay(an_index("weights"), a_table(), broken)


def test_parts_made_by_other_processes_merge_into_the_run():
    index, table = an_index("weights", "normalise", "error"), a_table()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        parts = [workers.submit(vary, index, table, draws=8, first=first) for first in (16, 0, 8)]
        merged = merge(part.result() for part in parts)
    assert same(merged, vary(index, table, draws=24))
