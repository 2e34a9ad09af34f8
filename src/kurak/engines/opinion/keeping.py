"""Pictures as plain arrays and back, so that a restart changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.grouping import Cut, Everyone, Rule
from kurak.engines.opinion.positions import Axes
from kurak.engines.opinion.profiles import Profiles
from kurak.engines.opinion.tally import Tally

FORMAT = 1
PLAIN = ("participants", "statements", "position", "spread", "lean", "group", "confidence", "votes", "kept", "labels")


def stored(picture: Any) -> dict[str, NDArray[Any]]:
    """A picture as arrays without objects; the small rest as one text of JSON."""
    small = {
        "format": FORMAT, "k": picture.k, "stability": picture.stability, "engine": picture.engine,
        "tried": {str(k): v for k, v in picture.tried.items()}, "settings": dict(picture.settings),
    }  # fmt: skip
    state: dict[str, NDArray[Any]] = {name: getattr(picture, name) for name in PLAIN}
    state |= _axes_stored("axes", picture.axes) | _rule_stored(picture.rule)
    state |= {f"tally.{name}": getattr(picture.tally, name) for name in ("agree", "disagree", "seen")}
    return state | {"small": np.array(json.dumps(small))}


def restored(state: Mapping[str, ArrayLike]) -> dict[str, Any]:
    """The fields of the picture that was stored. Raises ValueError for a state of another format."""
    small = json.loads(str(np.asarray(state["small"])))
    if small["format"] != FORMAT:
        raise ValueError(f"the state of a picture has format {small['format']}, this engine reads {FORMAT}: draw anew")
    fields: dict[str, Any] = {name: np.asarray(state[name]) for name in PLAIN}
    fields["tally"] = Tally(*(np.asarray(state[f"tally.{name}"]) for name in ("agree", "disagree", "seen")))
    fields["tried"] = {int(k): v for k, v in small["tried"].items()}
    fields |= {name: small[name] for name in ("k", "stability", "engine", "settings")}
    return fields | {"axes": _axes_restored("axes", state), "rule": _rule_restored(state)}


def _axes_stored(name: str, axes: Axes) -> dict[str, NDArray[Any]]:
    variance = np.array([axes.noise, axes.lean])
    return {f"{name}.mean": axes.mean, f"{name}.loading": axes.loading, f"{name}.variance": variance}


def _axes_restored(name: str, state: Mapping[str, ArrayLike]) -> Axes:
    noise, lean = np.asarray(state[f"{name}.variance"]).tolist()
    return Axes(np.asarray(state[f"{name}.mean"]), np.asarray(state[f"{name}.loading"]), noise, lean)


def _rule_stored(rule: Rule) -> dict[str, NDArray[Any]]:
    if isinstance(rule, Cut):
        return {"rule": np.array("cut"), "rule.at": np.array(rule.at)} | _axes_stored("rule.axes", rule.axes)
    if isinstance(rule, Profiles):
        small = {"rule.share": rule.share, "rule.noise": np.array(rule.noise)}
        return {"rule": np.array("profiles"), "rule.answer": rule.answer} | small
    return {"rule": np.array("everyone")}


def _rule_restored(state: Mapping[str, ArrayLike]) -> Rule:
    kind = str(np.asarray(state["rule"]))
    if kind == "profiles":
        answer, share = (np.asarray(state[f"rule.{name}"], np.float64) for name in ("answer", "share"))
        return Profiles(answer, share, float(np.asarray(state["rule.noise"])))
    if kind == "cut":
        return Cut(_axes_restored("rule.axes", state), float(np.asarray(state["rule.at"])))
    return Everyone()
