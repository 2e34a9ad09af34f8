"""Results of the engine in plain values. No models here: the command without the platform imports it."""

from __future__ import annotations

import math
from typing import Any


def known(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def plain_path(found: Any) -> dict[str, Any]:
    """A path in plain values; what is not known is null."""

    def change(move: Any) -> dict[str, Any]:
        return {"code": move.code, "before": known(move.before), "after": known(move.after)}

    return {
        "node": found.node, "now": found.now, "score": known(found.score), "to": found.to, "after": known(found.after),
        "proof": found.proof, "notes": list(found.notes), "moves": [change(each) for each in found.moves],
        "alone": [change(each) for each in found.alone],
        "blocks": [{"code": each.code, "said": each.said, "lifted": each.lifted} for each in found.blocks],
    }  # fmt: skip
