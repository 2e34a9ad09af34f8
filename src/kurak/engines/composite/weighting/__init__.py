"""Weights of a node's children that are found from data or given by people, instead of declared one by one.

Each method is run as `run(values: (n, k) normalised children, **settings) -> Weights`: weights (k,) of at least 0 that
sum to 1, and notes that belong beside every score made with them. Raises Unusable where the data can't give weights.
What the data say is how the children vary, never what matters: publish both the weights and the measured importance."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.engines.composite.methods import REQUIRED, Method, Setting
from kurak.engines.composite.weighting import experts, loadings, optimised, outcome, spread, tree, unobserved
from kurak.engines.composite.weighting.weights import Weights

HANDBOOK = loadings.HANDBOOK
BY_DATA, BY_PEOPLE = frozenset({"by-data"}), frozenset({"by-people"})

WEIGHTINGS: Mapping[str, Method] = {
    "equal": Method(tree.equal, "1/k"),
    "budget": Method(
        experts.budget,
        "mean of the experts' shares",
        {"points": Setting("mapping", REQUIRED, says="{expert: [points of each child]}")},
        f"budget allocation, {HANDBOOK}",
        BY_PEOPLE,
    ),
    "ahp": Method(
        experts.hierarchy,
        "principal eigenvector of the pairwise comparisons",
        {"comparisons": Setting("numbers", REQUIRED, says="1 with 2, 1 with 3, …, 2 with 3, …")},
        "Saaty 1980",
        BY_PEOPLE,
    ),
    "pca": Method(
        loadings.first_component, "loadings on the first component, where positive", source=HANDBOOK, traits=BY_DATA
    ),
    "factors": Method(
        loadings.nicoletti,
        "share of the factor's squared loadings × share of the factor, after varimax",
        {
            "eigenvalue": Setting("number", 1.0, says="components above it are kept"),
            "share": Setting("share", 0.1, says="if they explain more than this"),
            "cumulative": Setting("share", 0.6, says="and then as many more as explain this together"),
            "assign": Setting("word", "loading", ("loading", "share"), "by what a child is assigned to a factor"),
        },
        f"Nicoletti, Scarpetta and Boylaud 2000; {HANDBOOK}",
        BY_DATA,
    ),
    "inverse-sd": Method(spread.inverse_sd, "1/sd", traits=BY_DATA),
    "entropy": Method(
        spread.entropy, "1 - e, e = -Σ p ln p / ln n", source="Zeleny 1982", traits=BY_DATA | {"nonnegative"}
    ),
    "critic": Method(spread.critic, "sd·Σ(1 - r)", source="Diakoulaki, Mavrotas and Papayannakis 1995", traits=BY_DATA),
    "unobserved": Method(
        unobserved.unobserved, "1/σ² of y = α + β(φ + ε)", source="Kaufmann, Kraay and Mastruzzi 2010", traits=BY_DATA
    ),
    "regression": Method(
        outcome.regression,
        "least squares on the outcome, with weights of at least 0",
        {"outcome": Setting("column", REQUIRED, says="the column with the outcome")},
        HANDBOOK,
        BY_DATA,
    ),
    "optimised": Method(
        optimised.aimed,
        "correlations with the score in proportion to a target",
        {
            "target": Setting("numbers", None, says="importance of each child; equal without"),
            "importance": Setting("word", "correlation", ("correlation", "squared"), "what is in that proportion"),
            "least": Setting("share", 0.0, says="least weight of a child"),
            "most": Setting("share", 1.0, says="most weight of a child"),
        },
        "Paruolo, Saisana and Saltelli 2013; Becker et al. 2017",
        BY_DATA,
    ),
}

__all__ = ["WEIGHTINGS", "Weights"]
