"""What the columns of a budget can be, and what they are called in the files of the region."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

MONTHS = tuple(f"m{month:02}" for month in range(1, 13))
MONTHS_OF = {name: month for month, name in enumerate(MONTHS, 1)}
REQUIRED = ("code", "title", "approved")
FIELDS = {
    "code": _("Code of the line"),
    "title": _("What it is for"),
    "title_en": _("The same in English"),
    "title_ru": _("The same in Russian"),
    "side": _("Expenditure or revenue"),
    "functional": _("Function (COFOG)"),
    "economic": _("Economic type"),
    "office": _("Who spends it"),
    "special": _("Contingency or interest"),
    "approved": _("Approved plan"),
    "adjusted": _("Adjusted plan"),
    "executed": _("Executed"),
    "place": _("Code of the place of a project"),
    "commitments": _("Commitments it pays for (agenda/code)"),
    **dict.fromkeys(MONTHS, _("Spent, month %(number)d")),
}
KNOWN = {
    "code": ("code", "line", "line code", "код", "код строки", "№", "no"),
    "title": ("title", "name", "description", "наименование", "название", "статья"),
    "title_en": ("title en", "title (en)", "english"),
    "title_ru": ("title ru", "title (ru)", "russian"),
    "side": ("side", "type", "вид", "сторона"),
    "functional": ("functional", "function", "cofog", "функция", "функциональная классификация", "раздел"),
    "economic": ("economic", "economic code", "экономическая классификация", "экономический код", "элемент"),
    "office": ("office", "administrative", "department", "ведомство", "распорядитель", "администратор"),
    "special": ("special", "особое"),
    "approved": ("approved", "approved plan", "plan", "budget", "утверждено", "утверждённый план", "утвержденный план",
                 "план"),
    "adjusted": ("adjusted", "adjusted plan", "revised", "revised plan", "уточнено", "уточнённый план",
                 "уточненный план"),
    "executed": ("executed", "actual", "spent", "outturn", "исполнено", "факт", "кассовое исполнение"),
    "place": ("place", "место"),
    "commitments": ("commitments", "commitment", "обязательства"),
}  # fmt: skip
NAMES = (
    ("january", "jan", "январь"), ("february", "feb", "февраль"), ("march", "mar", "март"),
    ("april", "apr", "апрель"), ("may", "май"), ("june", "jun", "июнь"), ("july", "jul", "июль"),
    ("august", "aug", "август"), ("september", "sep", "сентябрь"), ("october", "oct", "октябрь"),
    ("november", "nov", "ноябрь"), ("december", "dec", "декабрь"),
)  # fmt: skip


def label(name: str) -> str:
    """What a field is called on the page."""
    said = str(FIELDS[name])
    return said % {"number": MONTHS_OF[name]} if name in MONTHS_OF else said


def guessed(header: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its name; each is taken once.

    >>> guessed(["Код", "Наименование", "Утверждено", "m03", "Executed by end of 2025-04"])
    {'code': 0, 'title': 1, 'approved': 2, 'm03': 3, 'm04': 4}
    """
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        field = _field(" ".join(cell.lower().replace("_", " ").split()))
        if field and field not in found:
            found[field] = at
    return found


def _field(said: str) -> str:
    for field, words in KNOWN.items():
        if said in words:
            return field
    if month := re.search(r"\bm ?(\d\d?)$|\b\d{4}-(\d\d)$|^month (\d\d?)$|^месяц (\d\d?)$", said):
        number = int(next(each for each in month.groups() if each))
        return MONTHS[number - 1] if 1 <= number <= 12 else ""
    return next((MONTHS[at] for at, names in enumerate(NAMES) if said in names), "")
