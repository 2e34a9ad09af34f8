"""Where cases stand by what raters said, by the best model that the ratings can bear; and why not by a better one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.raters.additive import additive, freedom
from kurak.engines.composite.raters.ordinal import Ordinal, ordinal
from kurak.engines.composite.raters.ratings import Ratings
from kurak.engines.composite.raters.resampling import resampled

type Floats = NDArray[np.float64]
type Model = Literal["ordinal", "additive", "means"]
MODELS: tuple[Model, ...] = ("ordinal", "additive", "means")

FEWEST = 3  # raters with whom their scales can be told apart

NOTES: Mapping[str, str] = {
    "few-raters": "fewer than three raters: how strict each is can't be told from the cases",
    "no-bridge": "raters share no cases, directly or by others: their scales can't be compared",
    "not-ordinal": "codes are not answers of a scale",
    "no-variety": "all codes are equal",
    "too-few-ratings": "too few ratings to tell a rater's bias from noise",
    "narrow": "fewer than ten raters of a case: its interval is by Student's t, resampling would be too narrow",
    "alone": "nobody rated the same case as another: there are no intervals",
    "unsettled": "the chains do not tell the same yet: take more rounds",
}


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """value, low, high: (cases,) on the scale of the question, NaN where nobody rated; draws: (d, cases), to be carried
    through an index. bias: (raters,) above 0 is lenient; in codes, or on the latent scale of the ordinal model.
    reliability: (raters,) the higher, the more a rater weighs: that of the ordinal model, or 1 / standard deviation of
    the additive one. Both NaN where they are not known. by: the model; notes: codes of NOTES; latent: the ordinal model
    with all that it found."""

    cases: NDArray[np.generic]
    raters: NDArray[np.generic]
    value: Floats
    low: Floats
    high: Floats
    draws: Floats
    bias: Floats
    reliability: Floats
    by: Model
    notes: tuple[str, ...]
    latent: Ordinal | None = None


def placed(
    ratings: Ratings,
    *,
    by: Model | None = None,
    answers: int | None = None,
    groups: Mapping[Any, str] | None = None,
    vignettes: ArrayLike = (),
    share: float = 0.68,
    rounds: int = 2000,
    draws: int = 1000,
    seed: int = 0,
) -> Placed:
    """The places of cases. by: the best model allowed; without it, the best that can be identified.

    The ordinal model needs three raters and cases that bridge them (vignettes do), the additive one some ratings more
    than there are cases and raters. What does not suffice falls back to the next, with a note. answers: how many the
    question has; values are then kept on its scale. Other settings as of `ordinal`. Errors: `Unusable` for a code
    beyond the answers, or a model that is not there.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> found = placed(gather([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, [1, 2, 2, 3, 3, 4]))
    >>> found.by, found.notes, found.value.round(2).tolist()
    ('additive', ('few-raters',), [1.5, 2.5, 3.5])
    """
    _possible(ratings, by, answers)
    notes = _against_ordinal(ratings) if by in (None, "ordinal") else []
    if by in (None, "ordinal") and not notes:
        latent = ordinal(
            ratings, answers=answers, groups=groups, vignettes=vignettes, share=share, rounds=rounds, seed=seed
        )
        return Placed(
            latent.cases, ratings.raters, latent.value, latent.value_low, latent.value_high, latent.original,
            -latent.strictness, latent.reliability, "ordinal", () if latent.settled else ("unsettled",), latent,
        )  # fmt: skip
    if by != "means" and freedom(ratings) >= 1:
        fit = additive(ratings, share=share, draws=draws, seed=seed)
        if len(_islands(ratings)) > 1 and "no-bridge" not in notes:
            notes.append("no-bridge")
        found = (fit.value, fit.low, fit.high, fit.draws)
        return _told(ratings, found, (fit.bias, 1 / fit.noise), "additive", notes, answers, vignettes)
    if by != "means":
        notes.append("too-few-ratings")
    plain = resampled(ratings, share=share, draws=draws, seed=seed)
    if plain.by_t.any():
        notes.append("narrow" if (ratings.per_case > 1).any() else "alone")
    unknown = np.full(len(ratings.raters), np.nan)
    found = (plain.value, plain.low, plain.high, plain.draws)
    return _told(ratings, found, (unknown, unknown), "means", notes, answers, vignettes)


def _possible(ratings: Ratings, by: Model | None, answers: int | None) -> None:
    if by is not None and by not in MODELS:
        said, remedy = f"there is no model {by!r}", f"Use {', '.join(MODELS)}, or none for the best that holds"
        raise Unusable([Problem(("by",), "ratings.model", said, remedy)])
    if answers is None:
        return
    outside = np.flatnonzero((ratings.code < 0) | (ratings.code > answers - 1))
    if outside.size:
        at = outside[0]
        where = (str(ratings.cases[ratings.case[at]]), str(ratings.raters[ratings.rater[at]]))
        said = f"the code {ratings.code[at]:g} is none of {answers} answers"
        raise Unusable([Problem(where, "ratings.answers", said, f"Codes go from 0 to {answers - 1}")])


def _against_ordinal(ratings: Ratings) -> list[str]:
    """Why the ordinal model would not do."""
    found = []
    if not ratings.whole:
        found.append("not-ordinal")
    elif len(np.unique(ratings.code)) < 2:
        found.append("no-variety")
    if (ratings.per_rater > 0).sum() < FEWEST:
        found.append("few-raters")
    elif len(_islands(ratings)) > 1:
        found.append("no-bridge")
    return found


def _islands(ratings: Ratings) -> NDArray[np.intp]:
    return np.asarray(np.unique(ratings.islands[ratings.per_rater > 0]), dtype=np.intp)


def _told(
    ratings: Ratings, found: tuple[Floats, ...], of_raters: tuple[Floats, Floats], by: Model, notes: list[str],
    answers: int | None, vignettes: ArrayLike,
) -> Placed:  # fmt: skip
    shown = ~np.isin(ratings.cases, np.asarray(vignettes)) if np.size(vignettes) else np.full(len(ratings.cases), True)
    low, high = (-np.inf, np.inf) if answers is None else (0.0, answers - 1.0)
    value, low_end, high_end, draws = (np.clip(each[..., shown], low, high) for each in found)
    return Placed(ratings.cases[shown], ratings.raters, value, low_end, high_end, draws, *of_raters, by, tuple(notes))
