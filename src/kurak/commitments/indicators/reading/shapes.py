"""Names that files give to the same things: the series, the place, the time, the value, a part."""

from __future__ import annotations

from collections.abc import Mapping

from kurak.commitments.indicators.reading.rows import TOTALS, Row

SERIES = ("SERIES", "SERIES_CODE", "INDICATOR_CODE", "INDICATOR", "INDICATOR_ID", "CODE", "ПОКАЗАТЕЛЬ", "КОД")
AREA = (
    "REF_AREA", "AREA", "PLACE", "GEO", "GEOCODE", "GEO_AREA_CODE", "GEOAREACODE", "ISO3", "COUNTRY", "REGION",
    "МЕСТО", "РЕГИОН", "СТРАНА", "ОБЛАСТЬ",
)  # fmt: skip
TIME = ("TIME_PERIOD", "TIMEPERIOD", "YEAR", "TIME", "PERIOD", "ГОД", "ПЕРИОД")
VALUE = ("OBS_VALUE", "VALUE", "OBSVALUE", "ЗНАЧЕНИЕ")
UNIT = ("UNIT_MEASURE", "UNITS", "UNIT", "ЕДИНИЦА")
GROUP = ("INDICATOR_FILE", "INDICATOR", "INDICATOR_CODE")
# Said of an observation, narrowing nothing down.
ATTRIBUTES = frozenset((
    "OBS_STATUS", "NATURE", "UNIT_MULT", "TIME_DETAIL", "SOURCE_DETAIL", "TIME_COVERAGE", "UPPER_BOUND", "LOWER_BOUND",
    "BASE_PER", "GEO_INFO_URL", "GEO_INFO_TYPE", "CUST_BREAKDOWN_LB", "COMMENT_OBS", "COMMENT_TS", "DATA_LAST_UPDATE",
    "REPORTING_TYPE", "FREQ", "CENSORED", "VALUE_NUM", "HEADLINE", "NOTE", "FOOTNOTE", "N", "SOURCE", "COMMENT",
    "DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DECIMALS", "CONF_STATUS", "OBS_CONF",
    "REPORTING_YEAR_START_DAY", "SERIES_NAME", "INDICATOR_NAME", "AREA_NAME", "LABEL", "QUALITY", "LICENCE",
))  # fmt: skip
LISTS = frozenset(("BREAKDOWN", "OTHER_DIMS", "DIMENSIONS", "SLICE"))  # k=v;k=v
# One name for one part, whatever the file calls it.
PARTS = {"LOCATION": "URBANISATION", "GENDER": "SEX", "ПОЛ": "SEX", "ВОЗРАСТ": "AGE", "SETTLEMENT": "URBANISATION"}
WORDS = {
    ("SEX", "FEMALE"): "F", ("SEX", "WOMEN"): "F", ("SEX", "MALE"): "M", ("SEX", "MEN"): "M", ("SEX", "BOTHSEX"): "",
    ("URBANISATION", "URBAN"): "U", ("URBANISATION", "RURAL"): "R", ("URBANISATION", "ALLAREA"): "",
}  # fmt: skip


def of_key(said: Mapping[str, str], line: int) -> Row:
    """A row from names and values as SDMX has them.

    >>> row = of_key({"SERIES": "SI_POV", "REF_AREA": "KG", "TIME_PERIOD": "2020", "OBS_VALUE": "5", "SEX": "F"}, 9)
    >>> row.series, row.area, row.time, row.value, dict(row.parts)
    ('SI_POV', 'KG', '2020', '5', {'SEX': 'F'})
    """
    left = dict(said)
    series = _taken(left, ("SERIES", *SERIES))
    area, time, value, unit = (_taken(left, names) for names in (AREA, TIME, VALUE, UNIT))
    attributes = {name: left.pop(name) for name in list(left) if name in ATTRIBUTES}
    return Row(line, series, area, time, value, parts_of(left), unit, attributes)


def _taken(left: dict[str, str], names: tuple[str, ...]) -> str:
    for name in names:
        if name in left:
            return left.pop(name).strip()
    return ""


def parts_of(said: Mapping[str, str]) -> dict[str, str]:
    """What narrows it down: without totals, in one word each.

    >>> parts_of({"SEX": "FEMALE", "AGE": "_T", "LOCATION": "URBAN"})
    {'SEX': 'F', 'URBANISATION': 'U'}
    """
    found = {}
    for name, value in said.items():
        part = PARTS.get(name, name)
        word = WORDS.get((part, value.upper()), value) if part in ("SEX", "URBANISATION") else value
        if word.upper() not in TOTALS:
            found[part] = word
    return found


def listed(text: str) -> dict[str, str]:
    """Parts in one cell.

    >>> listed("SEX=F; AGE=Y0T4")
    {'SEX': 'F', 'AGE': 'Y0T4'}
    """
    pairs = (pair.split("=", 1) for pair in text.split(";") if "=" in pair)
    return {name.strip().upper(): value.strip() for name, value in pairs}
