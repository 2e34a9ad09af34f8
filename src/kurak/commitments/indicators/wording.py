"""Words for what is found: methods, their answers, reasons, parts of the people, periods and figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal, format_percent
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.languages.names import locale

METHODS: dict[str, tuple[str, str | Promise]] = {  # code: letter in our documentation, name
    "open-sdg": ("A", "Open SDG"),
    "eurostat": ("B", "Eurostat"),
    "un-chart": ("C", _l("UN Progress Chart")),
    "unescap": ("D", "UNESCAP"),
    "sdg-index": ("E", "SDG Index"),
}
STEPS: dict[str, tuple[str | Promise, str]] = {  # step of the common ladder: words, shade of the patch
    "achieved": (_l("achieved"), "done"),
    "on-track": (_l("on track"), "partly"),
    "too-slow": (_l("too slow"), "moving"),
    "stagnating": (_l("hardly moving"), "waiting"),
    "moving-away": (_l("moving away"), "late"),
    "cannot-be-judged": (_l("cannot be judged"), "unknown"),
}
STATUSES: dict[str, str | Promise] = {  # each method's own words
    "target-achieved": _l("target achieved"),
    "substantial-progress": _l("substantial progress"),
    "moderate-progress": _l("moderate progress"),
    "limited-progress": _l("limited progress"),
    "deterioration": _l("deterioration"),
    "target-met": _l("target met"),
    "significant-progress": _l("significant progress"),
    "insufficient-progress": _l("insufficient progress"),
    "movement-away": _l("movement away"),
    "moderate-movement-away": _l("moderate movement away"),
    "significant-movement-away": _l("significant movement away"),
    "met-or-on-track": _l("met or on track"),
    "fair-progress": _l("fair progress"),
    "stagnation-or-regression": _l("stagnation or regression"),
    "achieved": _l("achieved"),
    "maintain": _l("maintain"),
    "accelerate": _l("accelerate"),
    "reverse": _l("reverse the trend"),
    "on-track": _l("on track"),
    "moderately-improving": _l("moderately improving"),
    "stagnating": _l("stagnating"),
    "decreasing": _l("decreasing"),
}
REASONS: dict[str, str | Promise] = {
    "no-values": _l("there are no values"),
    "few-points": _l("there are fewer than two values since the base year"),
    "few-values": _l("there are fewer than three values"),
    "no-base": _l("there is no value for the base year"),
    "no-window": _l("there are no two values far enough apart in the last years"),
    "stale": _l("the last value is older than five years"),
    "growth-unit": _l("the values are rates of change, of which no growth rate is taken"),
    "parity": _l("the method has no rule for an indicator whose best value lies in the middle"),
    "base-not-positive": _l("the first value is zero or negative, from which no growth rate can be taken"),
    "sign-change": _l("the values or the target change sign, so that no growth rate connects them"),
    "target-equals-base": _l("the target is the value counted from, so that there is no way to measure"),
    "no-target": _l("the method needs a target"),
    "target-year-passed": _l("the target year is over, and the target was not met"),
}
INPUTS: dict[str, str | Promise] = {
    "base": _l("counted from"), "base_year": _l("since"), "value": _l("last value"), "target": _l("target"),
    "growth": _l("growth a year"), "growth_needed": _l("growth needed"), "ratio": _l("actual to needed"),
    "projected": _l("projected for the target year"), "slope": _l("change a year"), "gap": _l("gap left, per cent"),
    "yearly": _l("change a year"), "yearly_needed": _l("change needed a year"), "trend": _l("trend, 0 to 4"),
    "room": _l("room to the limit"), "growth_15_years": _l("growth over 15 years"),
    "ratio_15_years": _l("actual to needed over 15 years"),
}  # fmt: skip
SHARES = frozenset(("growth", "growth_needed", "growth_15_years"))
DIMENSIONS: dict[str, str | Promise] = {
    "SEX": _l("Sex"), "AGE": _l("Age"), "URBANISATION": _l("Town and village"),
    "INCOME_WEALTH_QUANTILE": _l("Wealth"), "EDUCATION_LEV": _l("Education"), "OCCUPATION": _l("Occupation"),
    "DISABILITY_STATUS": _l("Disability"), "ACTIVITY": _l("Economic activity"), "AREA": _l("Other areas"),
    "COMPOSITE_BREAKDOWN": _l("Kind"), "CUST_BREAKDOWN": _l("Kind"), "PRODUCT": pgettext_lazy("goods", "Product"),
    "MIGRATION_STATUS": _l("Migration"), "ETHNICITY": _l("Ethnic group"),
}  # fmt: skip
WORDS: dict[tuple[str, str], str | Promise] = {
    ("SEX", "F"): _l("women and girls"), ("SEX", "M"): _l("men and boys"),
    ("URBANISATION", "U"): _l("in cities"), ("URBANISATION", "R"): _l("outside cities"),
    ("INCOME_WEALTH_QUANTILE", "Q1"): _l("poorest fifth"), ("INCOME_WEALTH_QUANTILE", "Q2"): _l("second fifth"),
    ("INCOME_WEALTH_QUANTILE", "Q3"): _l("middle fifth"), ("INCOME_WEALTH_QUANTILE", "Q4"): _l("fourth fifth"),
    ("INCOME_WEALTH_QUANTILE", "Q5"): _l("richest fifth"), ("INCOME_WEALTH_QUANTILE", "B50"): _l("poorer half"),
    ("DISABILITY_STATUS", "PD"): _l("people with disabilities"),
    ("DISABILITY_STATUS", "PWD"): _l("people without disabilities"),
}  # fmt: skip
UNITS: dict[str, str | Promise] = {
    "PT": _l("per cent"), "PER_1000_LIVE_BIRTHS": _l("per 1,000 live births"), "NUMBER": _l("number"),
    "PER_100000_LIVE_BIRTHS": _l("per 100,000 live births"), "PER_100000_POP": _l("per 100,000 people"),
    "PER_10000_POP": _l("per 10,000 people"), "PER_1000_POP": _l("per 1,000 people"),
    "PER_100_POP": _l("per 100 people"), "PER_1000000_POP": _l("per million people"), "HA": _l("hectares"),
    "PER_1000_UNINFECTED_POP": _l("per 1,000 people without the infection"), "USD": _l("US dollars"),
    "PER_100000_WKRS_EMP": _l("per 100,000 employed"), "CUR_LCU": _l("national currency"), "IX": _l("index"),
    "CON_USD": _l("constant US dollars"), "KG": _l("kilograms"), "T": _l("tonnes"), "PERSON": _l("people"),
    "TH_PEOPLE": _l("thousand people"), "TH_HA": _l("thousand hectares"), "M_USD": _l("million US dollars"),
    "SQ_METER": _l("square metres"), "M_T": _l("million tonnes"), "UNITS": _l("number"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What one method says of one series, in words. The method stands beside every colour."""

    method: str
    letter: str
    name: str
    step: str
    word: str  # on the common ladder
    own: str  # the method's own
    shade: str
    because: str
    n: int
    first: int | None
    last: int | None
    inputs: list[tuple[str, str]]


def answer(method: str, verdict: Mapping[str, Any], *, whole: bool = False) -> Answer:
    """whole: with the numbers it was computed from."""
    letter, name = METHODS[method]
    step = verdict.get("step", "cannot-be-judged")
    word, shade = STEPS[step]
    own = STATUSES.get(verdict.get("status") or "", verdict.get("status") or "")
    first, last = verdict.get("first"), verdict.get("last")
    return Answer(
        method, letter, str(name), step, str(word), str(own), shade, str(REASONS.get(verdict.get("reason", ""), "")),
        verdict.get("n", 0), int(first) if first else None, int(last) if last else None,
        inputs_of(verdict) if whole else [],
    )  # fmt: skip


def inputs_of(verdict: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(INPUTS.get(key, key)), input_of(key, value)) for key, value in verdict.get("inputs", {}).items()]


def input_of(key: str, value: float) -> str:
    if key.endswith("year") and value > 1000:
        return str(int(value))
    return percent(value, 2) if key in SHARES else figure(value)


def figure(value: float | None) -> str:
    """A value as readers of the language write it: four digits that say something."""
    if value is None:
        return ""
    size = abs(value)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 4
    return format_decimal(round(value, digits), format="#,##0.####", locale=locale(get_language() or "en"))


def percent(value: float, digits: int = 0) -> str:
    shape = "#,##0%" if not digits else "#,##0." + "#" * digits + "%"
    return format_percent(value, format=shape, locale=locale(get_language() or "en"))


def chance(value: float | None) -> str:
    """A probability that never says more than it knows.

    >>> chance(0.123), chance(0.0001), chance(0.99999)
    ('12%', '<1%', '>99%')
    """
    if value is None:
        return ""
    if value < 0.01:
        return f"<{percent(0.01)}"
    return f">{percent(0.99)}" if value > 0.99 else percent(value)


def unit(code: str) -> str:
    return str(UNITS.get(code, code.replace("_", " ").lower() if code.startswith("PER_") else code))


def dimension(name: str) -> str:
    return str(DIMENSIONS.get(name, name.replace("_", " ").capitalize()))


def part(name: str, value: str) -> str:
    """A part of the people in words; a code that has none is shown as it is.

    >>> str(part("AGE", "Y15T24")), str(part("AGE", "Y_GE65")), str(part("ACTIVITY", "ISIC4_F"))
    ('aged 15–24', 'aged 65 and over', 'ISIC4_F')
    """
    if (name, value) in WORDS:
        return str(WORDS[name, value])
    if name == "AGE":
        if found := re.fullmatch(r"Y(\d+)T(\d+)", value):
            return _("aged %(from)s–%(to)s") % {"from": found[1], "to": found[2]}
        if found := re.fullmatch(r"Y_GE(\d+)", value):
            return _("aged %(from)s and over") % {"from": found[1]}
        if found := re.fullmatch(r"Y_LT(\d+)", value):
            return _("younger than %(to)s") % {"to": found[1]}
    return value


def parts(dimensions: Mapping[str, str]) -> str:
    """All that narrows a value down, in words; empty for everybody."""
    return ", ".join(part(name, value) for name, value in dimensions.items())


def shown(value: float, low: float | None, high: float | None) -> str:
    """A value with the side on which it is cut off.

    >>> shown(2.5, None, 2.5), shown(95, 95, None), shown(5, 4, 6)
    ('<2.5', '>95', '5 (4–6)')
    """
    said = figure(value)
    if low is None and high is not None:
        return f"<{said}" if high == value else said
    if high is None and low is not None:
        return f">{said}" if low == value else said
    return f"{said} ({figure(low)}–{figure(high)})" if low is not None and low != high else said


def progress_title() -> str:
    return _("progress by goal")
