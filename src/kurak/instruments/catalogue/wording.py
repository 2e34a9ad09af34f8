"""The method in words: what a declaration says, in sentences that a reader of any language understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

CHECKED = {
    "recomputed": _l("Recomputed: with this method we got the published figures."),
    "read": _l("Read in the source."),
    "recalled": _l("From memory: not yet checked against the source."),
}
MARKS = {"recomputed": _l("recomputed"), "read": _l("read in the source"), "recalled": _l("from memory")}
LABELS = {
    "exact": _l("Exact"),
    "approximate": _l("Approximate"),
    "proxy": _l("Proxy"),
}
LABELS_SAY = {
    "exact": _l("This file computes what its publisher computes."),
    "approximate": _l("This file comes close to what its publisher computes; it is not the same."),
    "proxy": _l("This file stands in for a method that is not public. It is not the original's figure."),
}
METHODS: dict[str, str | Promise] = {
    # combining
    "mean": _l("Weighted mean"),
    "geometric": _l("Weighted geometric mean: a weak part weighs more"),
    "harmonic": _l("Weighted harmonic mean: a weak part weighs much more"),
    "power": _l("Power mean"),
    "product": _l("Product"),
    "sum": _l("Sum"),
    "min": _l("The lowest part decides"),
    "max": _l("The highest part decides"),
    "median": _l("Median"),
    "mean-of-worst": _l("Mean of the worst parts"),
    "mean-of-best": _l("Mean of the best parts"),
    "owa": _l("Ordered weighted mean: weights belong to positions from best to worst"),
    "mpi": _l("Mazziotta–Pareto: a mean with a penalty for unevenness"),
    "ampi": _l("Adjusted Mazziotta–Pareto: a mean with a penalty for unevenness"),
    "mean-min": _l("Between the mean and the lowest part"),
    "wroclaw": _l("Distance from an ideal"),
    "borda": _l("Borda: the sum of ranks"),
    "copeland": _l("Copeland: every two are compared with one another"),
    "benefit-of-the-doubt": _l("Benefit of the doubt: each is weighed as suits it best"),
    "counting": _l("Counting in how many parts somebody falls short"),
    # normalising
    "none": _l("As it is"),
    "minmax": _l("From the lowest to the highest value found"),
    "goalposts": _l("Between two fixed goalposts"),
    "zscore": _l("Distance from the mean in standard deviations"),
    "rank": _l("Rank"),
    "percentile": _l("Percentile"),
    "target": _l("Distance to a target"),
    "piecewise": _l("Straight lines between fixed points"),
}
TIES = {
    "min": _l("Equal scores share the better rank: 1, 2, 2, 4."),
    "dense": _l("Equal scores share a rank and none is left out: 1, 2, 2, 3."),
    "average": _l("Equal scores share the mean of their ranks: 1, 2.5, 2.5, 4."),
    "max": _l("Equal scores share the worse rank: 1, 3, 3, 4."),
    "ordinal": _l("Equal scores are ranked in the order of the table."),
}
FACTORS = {
    "weights": _l("the weights"),
    "normalise": _l("the way values are made comparable"),
    "treat": _l("the way outliers are treated"),
    "impute": _l("the way gaps are filled"),
    "combine": _l("the way parts are combined"),
    "include": _l("which criteria count"),
    "error": _l("the error of measurement"),
}
KINDS = {
    "missing": _l("missing"),
    "not-applicable": _l("not applicable: left out, and the others share its weight"),
    "unknown": _l("unknown"),
    "withheld": _l("withheld"),
    "not-covered": _l("not covered"),
}


def number(value: Any) -> str:
    """As the reader writes it, with as many digits as it has, at most ten.

    >>> number(0.25), number(67.0), number(1 / 3)
    ('0.25', '67', '0.3333333333')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return number_format(f"{round(float(value), 10):.10f}".rstrip("0").rstrip("."))


def percent(share: float) -> str:
    """
    >>> percent(0.125), percent(1 / 3)
    ('12.5', '33.33')
    """
    return number(round(100 * share, 2))


def method(by: str) -> str:
    return str(METHODS.get(by, by))


def settings(given: Any) -> str:
    """The settings of a choice, as they are written in the file."""
    return ", ".join(f"{name}: {_setting(value)}" for name, value in given.items())


def _setting(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_setting, value)) + "]"
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def missing(policy: Any, name: Callable[[str], str]) -> Iterator[str]:
    """What happens when parts are missing. policy: the engine's Missing."""
    match policy.by:
        case "available":
            yield _("A missing part is left out; the others share its weight.")
        case "at_least" if policy.counted == "weight":
            yield _("Parts with at least %(share)s %% of the weight must be there, else there is no score.") % {
                "share": percent(policy.share)
            }
        case "at_least":
            yield _("At least %(share)s %% of the parts must be there, else there is no score.") % {
                "share": percent(policy.share)
            }
        case "required":
            names = ", ".join(map(name, policy.required))
            yield _("These parts must be there, else there is no score: %(names)s.") % {"names": names}
        case "strict":
            yield _("Every part must be there, else there is no score.")
        case "value":
            yield _("A missing part counts as %(value)s.") % {"value": number(policy.value)}
        case "worst":
            yield _("A missing part counts as the lowest score possible.")
        case "best":
            yield _("A missing part counts as the highest score possible.")
        case "bounds":
            yield _(
                "With parts missing, the score is given as a range: with them at their lowest and at their highest."
            )
    if policy.most_not_applicable < 1:
        yield _("At most %(share)s %% of the weight may be not applicable.") % {
            "share": percent(policy.most_not_applicable)
        }


def fill(given: Any) -> str:
    """What stands in for a missing part. given: the engine's Fill."""
    if given.group:
        return _("A missing part is replaced by the mean of its group (%(group)s).") % {"group": given.group}
    return _("A missing part is replaced by the column %(column)s.") % {"column": given.column}


def adjustment(given: Any) -> str:
    """One adjustment in words. given: the engine's Adjustment; its formulas stand beside the sentence."""
    amount = given.amount.text if given.amount else ""
    when = given.when.text if given.when else ""
    return _adjusted(given.by, amount, bool(when)) % {"amount": amount, "when": when}


def _adjusted(by: str, amount: str, conditional: bool) -> str:
    match by, conditional:
        case "subtract", False:
            return _("Taken off: %(amount)s")
        case "subtract", True:
            return _("Taken off: %(amount)s, if %(when)s")
        case "multiply", False:
            return _("Multiplied by %(amount)s")
        case "multiply", True:
            return _("Multiplied by %(amount)s, if %(when)s")
        case "cap", False:
            return _("Never above %(amount)s")
        case "cap", True:
            return _("Never above %(amount)s, if %(when)s")
        case "floor", False:
            return _("Never below %(amount)s")
        case "floor", True:
            return _("Never below %(amount)s, if %(when)s")
        case "veto", _ if not amount:
            return _("No score, if %(when)s")
        case _, False:
            return _("Set to %(amount)s")
    return _("Set to %(amount)s, if %(when)s")


def span(at: float | None, own: bool, upper: Any) -> str:
    """Which scores a class has, with the side on which its borders belong. upper: the class above, or None."""
    low = number(at) if at is not None else ""
    high = number(upper.at) if upper is not None and upper.at is not None else ""
    match bool(low), own, bool(high), upper is not None and upper.own:
        case True, True, True, True:
            said = _("from %(low)s to below %(high)s")
        case True, True, True, False:
            said = _("from %(low)s to %(high)s inclusive")
        case True, False, True, True:
            said = _("above %(low)s, below %(high)s")
        case True, False, True, False:
            said = _("above %(low)s, up to %(high)s inclusive")
        case True, True, False, _upper:
            said = _("%(low)s and more")
        case True, False, False, _upper:
            said = _("more than %(low)s")
        case False, _own, True, True:
            said = _("less than %(high)s")
        case False, _own, True, False:
            said = _("%(high)s and less")
        case _everything:
            said = _("every score")
    return said % {"low": low, "high": high}
