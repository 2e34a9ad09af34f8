"""What is wrong in the document of an agenda: all of it at once, each with its place."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kurak.commitments.agendas import trees
from kurak.commitments.agendas.declared import Kind, kinds
from kurak.commitments.agendas.models import Level, Participation
from kurak.ground.errors import Refused
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.places.models import Place
from kurak.instruments.definitions.problems import Path, Problem, dotted

CODE = re.compile(r"[\w.()+:-]{1,60}")
AGENDA_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
RESERVED = frozenset(
    str.split(
        "link closer commitments versions compare agenda new edit table document step steps change history "
        "participation upload commitments.csv commitments.xlsx coverage "
        "treaties agenda.yaml agenda.json agenda.csv agenda.xlsx agenda.xml"
    )
)
DEEPEST = 8
MOST = 20_000  # parts of an agenda
DATES = ("adopted", "holds_from", "holds_until", "checked")
OF_A_PROVISION = frozenset(
    ("code", "kind", "title", "text", "place", "about", "holds_from", "holds_until", "verified", "provisions")
) | set(trees.RELATIONS)
OF_A_COMMITMENT = frozenset(
    str.split(
        "code title text provisions level place owner owner_name partners starts deadline status status_since "
        "status_why source url verified steps"
    )
)
OF_A_STEP = frozenset(str.split("title owner_name starts due done_on dropped note"))
OF_A_PARTICIPATION = frozenset(
    str.split("place status signed_on consent consented_on consented_year holds_from as_of note source verified")
)
OF_AN_AGENDA = frozenset(
    str.split(
        "format code kind title summary level place owner adopted holds_from holds_until source url licence checked "
        "verified version provisions participations commitments"
    )
)


LONGEST = {
    "source": 300, "url": 500, "licence": 60, "owner": 60, "owner_name": 200, "status_why": 500, "note": 300,
    "consent": 30, "label": 60, "kind": 30,
}  # fmt: skip
ADDRESS = re.compile(r"https?://[^\s<>\"']+")
LISTS = ("provisions", "participations", "commitments", "partners", "steps")


class Unfit(Refused):
    """An agenda that cannot be brought in. `problems`: everything that was found."""

    def __init__(self, problems: list[Problem], name: str = "") -> None:
        told = "; ".join(f"{_where(each)}: {each.said}. {each.remedy}" for each in problems[:3])
        super().__init__(
            "agenda.problems",
            ngettext(
                "The agenda has %(many)d mistake, and nothing of it was kept. Mend what is listed: %(told)s.",
                "The agenda has %(many)d mistakes, and nothing of it was kept. Mend what is listed: %(told)s.",
                len(problems),
            )
            % {"many": len(problems), "told": told},
            problems=len(problems),
        )
        self.problems, self.name = problems, name


def _where(problem: Problem) -> str:
    return _("line %(line)d") % {"line": problem.line} if problem.line else dotted(problem.path)


UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def problems_of(document: Any) -> list[Problem]:
    if not isinstance(document, Mapping):
        return [Problem((), "shape", _("this is not an agenda"), _("Begin with code, kind, title and provisions"))]
    if unfit := list(_unstorable(document)):
        return unfit
    found = list(_of_head(document))
    if misshapen := [each for each in found if each.code == "shape"]:
        return misshapen
    found += _of_tree(document)
    kind = kinds().get(str(document.get("kind")))
    found += _of_participations(document)
    found += _of_commitments(document, kind)
    return found


def problems_of_tree(document: Mapping[str, Any]) -> list[Problem]:
    """Of a draft: what keeps it from being published."""
    return list(_of_tree(document))


def problems_of_commitments(document: Mapping[str, Any], kind: str) -> list[Problem]:
    return list(_unstorable(document)) or list(_of_commitments(document, kinds().get(kind)))


def problems_of_participations(document: Mapping[str, Any]) -> list[Problem]:
    return list(_of_participations(document))


def _unstorable(document: Mapping[str, Any]) -> list[Problem]:
    """What a database, a feed or a workbook cannot hold, wherever it stands."""
    found: list[Problem] = []
    left: list[tuple[tuple[str | int, ...], Any]] = [((), document)]
    while left:
        path, value = left.pop()
        if len(path) > 2 * trees.FATHOMED:
            continue
        if isinstance(value, Mapping):
            left += [((*path, str(key)), each) for key, each in value.items()]
            left += [((*path, str(key)), key) for key in value if isinstance(key, str) and UNSEEN.search(key)]
        elif isinstance(value, list):
            left += [((*path, at), each) for at, each in enumerate(value)]
        elif isinstance(value, str) and UNSEEN.search(value):
            told = _("there are control characters in it, which no file shows")
            found.append(Problem(path, "control", told, _("Write these words again by hand")))
        elif isinstance(value, float) and not math.isfinite(value):
            found.append(Problem(path, "number", _("this is no number"), _("Leave it out")))
    return found


def _of_head(document: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _unknown((), document, OF_AN_AGENDA)
    yield from _of_words((), document)
    if not isinstance(document.get("version") or {}, Mapping):
        yield Problem(("version",), "shape", _("the version is not pairs"), _("Write: version: {label: 2026}"))
    else:
        yield from _of_words(("version",), document.get("version") or {})
        yield from _of_dates(("version",), document.get("version") or {}, ("dated",))
    if not AGENDA_CODE.fullmatch(str(document.get("code", ""))) or str(document.get("code")) in RESERVED:
        yield Problem(("code",), "code", _("the code is missing or cannot be part of an address"),
                      _("Write small Latin letters, digits and hyphens, such as sdg-kg"))  # fmt: skip
    if str(document.get("kind")) not in kinds():
        yield Problem(("kind",), "kind", _("there is no such kind of agenda"),
                      _("Write one of: %(known)s") % {"known": ", ".join(kinds())})  # fmt: skip
    if document.get("level") not in Level.values:
        yield Problem(("level",), "level", _("the level is missing or not known"),
                      _("Write one of: %(known)s") % {"known": ", ".join(Level.values)})  # fmt: skip
    if not _is_text(document.get("title")):
        yield _no_text(("title",))
    yield from _of_place((), document, _places(), needed=True)
    yield from _of_dates((), document, DATES)
    if _backwards(document.get("holds_from"), document.get("holds_until")):
        yield Problem(("holds_until",), "order", _("it ends before it begins"), _("Exchange the two dates"))


def _of_tree(document: Mapping[str, Any]) -> Iterator[Problem]:
    if not isinstance(document.get("provisions") or [], list):
        yield Problem(("provisions",), "shape", _("the parts are not a list"), _("Write one `- code:` for each part"))
        return
    if problem := _misshapen(document.get("provisions") or [], ("provisions",)):
        yield problem
        return
    seen: dict[str, Path] = {}
    everything = trees.placed(document)
    if len(everything) > MOST:
        yield Problem(("provisions",), "too-many", _("there are more than 20,000 parts"), _("Divide the agenda"))
        return
    places = _places()
    for each in everything:
        yield from _of_provision(each, seen, places)


def _misshapen(nodes: Any, path: Path, depth: int = 0) -> Problem | None:
    for number, node in enumerate(nodes):
        here = (*path, number)
        if not isinstance(node, Mapping) or not isinstance(node.get("provisions") or [], list):
            return Problem(
                here, "shape", _("this is not a part"), _("A part has a code and a title, and perhaps parts")
            )
        if depth >= DEEPEST:
            return Problem(here, "too-deep", _("the tree is too deep"), _("Leave at most eight levels"))
        if problem := _misshapen(node.get("provisions") or [], (*here, "provisions"), depth + 1):
            return problem
    return None


def _of_provision(each: trees.Placed, seen: dict[str, Path], places: set[str]) -> Iterator[Problem]:
    code, path = each.code, each.path
    yield from _unknown(path, each.node, OF_A_PROVISION)
    yield from _of_words(path, each.node)
    if not CODE.fullmatch(code) or code.lower() in RESERVED:
        yield _odd_code(path, code)
    elif code in seen:
        yield Problem((*path, "code"), "twice", _("the code “%(code)s” is there twice") % {"code": code},
                      _("Give each part a code of its own"))  # fmt: skip
    seen.setdefault(code, path)
    if not _is_text(each.node.get("title")):
        yield _no_text((*path, "title"))
    if each.node.get("text") not in (None, "") and not _is_text(each.node.get("text")):
        yield _no_text((*path, "text"))
    yield from _of_dates(path, each.node, ("holds_from", "holds_until"))
    yield from _of_place(path, each.node, places)
    if not isinstance(each.node.get("about") or {}, Mapping):
        yield Problem((*path, "about"), "shape", _("the facts are not pairs"), _("Write: about: {response: Accepted}"))
    for lead in trees.leads(each.node):
        agenda, other = trees.target_of(lead["to"])
        if not agenda or not other:
            yield Problem(path, "lead", _("“%(to)s” leads nowhere") % {"to": lead["to"][:80]},
                          _("Write agenda/code, such as sdg/16.7"))  # fmt: skip


def _of_participations(document: Mapping[str, Any]) -> Iterator[Problem]:
    places = _places()
    for number, given in enumerate(document.get("participations") or []):
        path: Path = ("participations", number)
        if not isinstance(given, Mapping):
            yield Problem(path, "shape", _("this is not a participation"), _("Write: {place: KG, status: party}"))
            continue
        yield from _unknown(path, given, OF_A_PARTICIPATION)
        yield from _of_words(path, given)
        yield from _of_place(path, given, places, needed=True)
        yield from _of_dates(path, given, ("signed_on", "consented_on", "holds_from", "as_of"))
        if not _is_year(given.get("consented_year")):
            yield Problem((*path, "consented_year"), "year", _("this is not a year"), _("Write such as 2009"))
        if given.get("status") not in Participation.Status.values:
            yield Problem((*path, "status"), "status", _("there is no such part in an agenda"),
                          _("Write one of: %(known)s") % {"known": ", ".join(Participation.Status.values)})  # fmt: skip


def _of_commitments(document: Mapping[str, Any], kind: Kind | None) -> Iterator[Problem]:
    seen: set[str] = set()
    known = {status.code for status in kind.statuses} if kind else set()
    places = _places()
    for number, given in enumerate(document.get("commitments") or []):
        path: Path = ("commitments", number)
        if not isinstance(given, Mapping):
            yield Problem(path, "shape", _("this is not a commitment"), _("A commitment has a code and a title"))
            continue
        yield from _unknown(path, given, OF_A_COMMITMENT)
        yield from _of_words(path, given)
        if not all(isinstance(given.get(name) or [], list) for name in ("provisions", "partners", "steps")):
            continue  # told above
        code = str(given.get("code", ""))
        if not CODE.fullmatch(code) or code.lower() in RESERVED:
            yield _odd_code(path, code)
        elif code in seen:
            yield Problem((*path, "code"), "twice", _("the code “%(code)s” is there twice") % {"code": code},
                          _("Give each commitment a code of its own"))  # fmt: skip
        seen.add(code)
        if not _is_text(given.get("title")):
            yield _no_text((*path, "title"))
        if given.get("status") is not None and known and str(given["status"]) not in known:
            yield Problem((*path, "status"), "status", _("there is no such status in an agenda of this kind"),
                          _("Write one of: %(known)s") % {"known": ", ".join(sorted(known))})  # fmt: skip
        if given.get("level") is not None and given["level"] not in Level.values:
            yield Problem((*path, "level"), "level", _("the level is not known"),
                          _("Write one of: %(known)s") % {"known": ", ".join(Level.values)})  # fmt: skip
        yield from _of_place(path, given, places)
        yield from _of_dates(path, given, ("starts", "deadline", "status_since"))
        if _backwards(given.get("starts"), given.get("deadline")):
            yield Problem((*path, "deadline"), "order", _("it ends before it begins"), _("Exchange the two dates"))
        for at, step in enumerate(given.get("steps") or []):
            yield from _of_step((*path, "steps", at), step)


def _of_step(path: Path, step: Any) -> Iterator[Problem]:
    if not isinstance(step, Mapping) or not _is_text(step.get("title")):
        yield _no_text((*path, "title"))
        return
    yield from _unknown(path, step, OF_A_STEP)
    yield from _of_words(path, step)
    yield from _of_dates(path, step, ("starts", "due", "done_on"))
    if _backwards(step.get("starts"), step.get("due")):
        yield Problem((*path, "due"), "order", _("it ends before it begins"), _("Exchange the two dates"))


def _unknown(path: Path, given: Mapping[str, Any], known: frozenset[str]) -> Iterator[Problem]:
    for key in given:
        if key not in known:
            yield Problem((*path, str(key)), "unknown-key", _("nobody reads “%(key)s”") % {"key": str(key)[:40]},
                          _("Write one of: %(known)s") % {"known": ", ".join(sorted(known))})  # fmt: skip


def _of_words(path: Path, given: Mapping[str, Any]) -> Iterator[Problem]:
    """Words that are stored as they are: short enough, and addresses that a browser may open."""
    for name, longest in LONGEST.items():
        value = given.get(name)
        if value is None or isinstance(value, Mapping):
            continue
        if isinstance(value, list) or len(str(value)) > longest:
            yield Problem((*path, name), "long", _("“%(name)s” is longer than %(longest)d characters") % {
                "name": name, "longest": longest}, _("Say it in fewer words"))  # fmt: skip
    url = given.get("url")
    if url not in (None, "") and not ADDRESS.fullmatch(str(url)):
        yield Problem((*path, "url"), "url", _("this is not an address"), _("Write one that begins with https://"))
    for name in LISTS:
        if not isinstance(given.get(name) or [], list):
            yield Problem((*path, name), "shape", _("“%(name)s” is not a list") % {"name": name},
                          _("Write one line with a hyphen for each"))  # fmt: skip


def _of_place(path: Path, given: Mapping[str, Any], places: set[str], *, needed: bool = False) -> Iterator[Problem]:
    code = given.get("place")
    if code in (None, "") and not needed:
        return
    if str(code) not in places:
        yield Problem((*path, "place"), "place", _("there is no place “%(code)s”") % {"code": str(code)[:30]},
                      _("Write a code of the list of places, such as KG or KG-C"))  # fmt: skip


def _places() -> set[str]:
    return set(Place.objects.values_list("code", flat=True))


def _of_dates(path: Path, given: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Problem]:
    for name in names:
        try:
            day_of(given.get(name))
        except ValueError:
            yield Problem((*path, name), "date", _("“%(value)s” is not a day") % {"value": str(given[name])[:30]},
                          _("Write year-month-day, such as 2026-03-31"))  # fmt: skip


def day_of(value: Any) -> dt.date | None:
    """
    >>> day_of("2026-03-31"), day_of("")
    (datetime.date(2026, 3, 31), None)
    """
    if value in (None, ""):
        return None
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _is_year(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 1800 <= value <= 2200)


def _backwards(first: Any, last: Any) -> bool:
    try:
        begins, ends = day_of(first), day_of(last)
    except ValueError:
        return False
    return begins is not None and ends is not None and begins > ends


def _is_text(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, Mapping) and any(
        code in BY_CODE and isinstance(body, str) and body.strip() for code, body in value.items()
    )


def _odd_code(path: Path, code: str) -> Problem:
    said = _("the code “%(code)s” cannot be part of an address") % {"code": code[:70]}
    return Problem(
        (*path, "code"), "code", said, _("Write letters, digits, points and hyphens, at most 60, such as 16.7")
    )


def _no_text(path: Path) -> Problem:
    return Problem(path, "text", _("a text is missing"), _("Write it, or one for each language: {en: …, ru: …}"))
