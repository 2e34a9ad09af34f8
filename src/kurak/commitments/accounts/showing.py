"""What the pages of accounts show, put together in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.commitments.accounts import queries, rules
from kurak.commitments.accounts.kinds import who_says
from kurak.commitments.accounts.models import Account, Grader, Question
from kurak.commitments.accounts.scales.files import Scale, scales
from kurak.commitments.accounts.summing import Gap, Sum, gap, newest, summed
from kurak.commitments.accounts.things import Thing
from kurak.commitments.agendas.models import Agenda, Commitment, Provision
from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order

SIDE_BY_SIDE = (Grader.STATE, Grader.CIVIL, Grader.BODY)
WIDE, HIGH, EDGE = 600, 56, 24  # of the drawn ladder


@dataclass(frozen=True, slots=True)
class Shown:
    """One account as a page shows it."""

    account: Account
    who: str
    scale: Scale
    evidence: Sequence[Any] = ()
    replies: Sequence[Any] = ()

    @property
    def value(self) -> Text | str:
        """The step's words, or the number; nothing where there is no information."""
        if self.scale.is_number:
            return f"{self.account.value} %" if self.account.value else ""
        step = self.scale.step(self.account.value)
        return step.title if step else ""

    @property
    def meaning(self) -> Text | None:
        step = self.scale.step(self.account.value)
        return step.about if step else None


@dataclass(frozen=True, slots=True)
class Column:
    """What one kind of grader says: its sum, its newest accounts, and what it said before."""

    grader: str
    title: str
    total: Sum | None
    shown: list[Shown]
    older: list[Shown]
    beside: list[Shown]  # on scales that say something else than where it stands: ambition, results, a position
    pages: int = 1  # of all three, MOST on each
    many_older: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind's place on the drawn ladder."""

    grader: str
    title: str
    x: float
    low: float
    high: float
    y: int


@dataclass(frozen=True, slots=True)
class Ladder:
    marks: list[Mark]
    start: float = 0  # of the gap
    width: float = 0
    flagged: bool = False
    described: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that was said about one thing."""

    thing: Thing
    columns: list[Column]
    others: list[Column]  # experts
    gap: Gap
    ladder: Ladder
    residents: queries.Residents | None
    questions: list[Question] = field(default_factory=list)
    withdrawn: list[Account] = field(default_factory=list)
    periods: list[tuple[tuple[Any, Any], list[list[Shown]]]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        said = any(each.total or each.shown or each.beside for each in [*self.columns, *self.others])
        return not said and self.residents is None


def shown(account: Account) -> Shown:
    evidence, replies = list(account.evidence.all()), list(account.replies.all())
    return Shown(account, who_says(account), scales()[account.scale], evidence, replies)


MOST = 20  # voices of one kind on a page


def board(thing: Thing, page: int = 1) -> Board:
    accounts = list(queries.of_thing(thing))
    by_grader = {grader: [each for each in accounts if each.grader == grader] for grader in Grader.values}
    columns = [column(grader, by_grader[grader], page) for grader in SIDE_BY_SIDE]
    others = [column(Grader.EXPERT, by_grader[Grader.EXPERT], page)] if by_grader[Grader.EXPERT] else []
    between = gap(columns[0].total, columns[1].total)
    return Board(
        thing, columns, others, between, ladder([each.total for each in [*columns, *others]], between),
        queries.residents_of(thing), list(queries.questions_of(thing)),
        list(queries.withdrawn_but_answered(thing)), periods(accounts),
    )  # fmt: skip


def column(grader: str, accounts: Sequence[Account], page: int = 1) -> Column:
    """All of them are summed; a page shows some."""
    now = newest(accounts)
    numbers = {each.pk for each in now}
    standing: list[Account] = []
    beside: list[Account] = []
    for each in accounts:
        (standing if scales()[each.scale].says == "standing" else beside).append(each)
    older = [each for each in standing if each.pk not in numbers]
    here = slice(MOST * (page - 1), MOST * page)
    said, before, others = ([shown(each) for each in rows[here]] for rows in (now, older, beside))
    pages = -(-max(len(now), len(older), len(beside), 1) // MOST)
    return Column(grader, str(Grader(grader).label), summed(accounts), said, before, others, pages, len(older))


def periods(accounts: Iterable[Account]) -> list[tuple[tuple[Any, Any], list[list[Shown]]]]:
    """What each side said of each period, newest first; nothing where there is only one period."""
    found: dict[tuple[Any, Any], dict[str, list[Shown]]] = {}
    for each in accounts:
        if each.grader in SIDE_BY_SIDE and scales()[each.scale].says == "standing":
            said = Shown(each, who_says(each), scales()[each.scale])
            side = found.setdefault((each.start, each.end), {}).setdefault(each.grader, [])
            if len(side) < MOST:
                side.append(said)
    rows = [(period, [sides.get(grader, []) for grader in SIDE_BY_SIDE]) for period, sides in found.items()]
    return sorted(rows, key=lambda row: row[0][::-1], reverse=True)[:MOST] if len(rows) > 1 else []


def ladder(sums: Iterable[Sum | None], between: Gap) -> Ladder:
    """Where each kind stands, from 0 (nothing of it is done) to 1 (all of it)."""

    def across(value: float) -> float:
        return round(EDGE + value * (WIDE - 2 * EDGE), 1)

    marks, told = [], []
    for total in sums:
        if total is None or total.median is None or total.low is None or total.high is None:
            continue
        title = str(Grader(total.grader).label)
        marks.append(Mark(total.grader, title, across(total.median), across(total.low), across(total.high), HIGH // 2))
        told.append(f"{title}: {total.median:.2f}")
    if between.value is None:
        return Ladder(marks, described="; ".join(told))
    ends = [mark.x for mark in marks if mark.grader in {Grader.STATE, Grader.CIVIL}]
    return Ladder(marks, min(ends), round(max(ends) - min(ends), 1), between.flagged, "; ".join(told))


def says(between: Gap) -> str:
    """The gap in words."""
    if between.value is None:
        return {
            "no-state": _("The state has given no account yet."),
            "no-civil": _("Civil society has given no account yet."),
            "no-ladder": _("One side gives no information, so there is nothing to compare."),
            "periods": _("The two accounts are about different periods, so they are not compared."),
        }[between.reason]
    if abs(between.value) < 0.005:
        return _("The state and civil society say the same.")
    if between.value > 0:
        return _("The state says more was done than civil society found.")
    return _("Civil society found more than the state says.")


def row_of(each: queries.Differing) -> dict[str, Any]:
    """A line of the table of gaps."""
    sums = [each.sum_of(grader) for grader in SIDE_BY_SIDE]
    return {
        "thing": each.thing,
        "sums": sums,
        "gap": each.gap,
        "says": says(each.gap),
        "ladder": ladder(sums, each.gap),
    }


def side_by_side(thing: Commitment | Provision) -> dict[str, Any]:
    """For the pages of agendas: the accounts of a commitment, or of a provision in every place that has some."""
    if isinstance(thing, Commitment):
        place: Place | None = thing.place
        rows = queries.differing(queries.published().filter(commitment=thing))
    else:
        place = thing.place
        rows = queries.differing(queries.published().filter(provision=thing))
    if place is None and thing.agenda.place.kind not in {Place.Kind.WORLD, Place.Kind.REGION}:
        place = thing.agenda.place
    things = (
        [Thing(thing, place)] if place is not None else [Thing(thing, each) for each in in_order(countries(), here())]
    )
    known = {each.thing.place.pk for each in rows}
    return {"rows": [row_of(each) for each in rows], "others": [each for each in things if each.place.pk not in known]}


def board_page(thing: Thing, person: Any, page: int = 1) -> dict[str, Any]:
    found = board(thing, page)
    return {
        "pages": max(each.pages for each in [*found.columns, *found.others]), "number": page,
        "before": page - 1, "after": page + 1,
        "thing": thing, "agenda": thing.agenda, "board": found, "says": says(found.gap),
        "steps": [(scales()["seen-by-residents"].step(code), many) for code, many in found.residents.steps]
        if found.residents else [],
        "answers_as": rules.answering(person, thing.place), "asks": rules.may_ask(person, thing.place),
        "writes": rules.organisations_of(person).exists() or rules.may_report(person, thing.place),
        "known": rules.is_known(person), "covers": rules.may_judge(person, thing.place),
    }  # fmt: skip


def agenda_title(agenda: Agenda) -> str:
    return str(agenda.title.into(here()))


def here() -> str:
    return get_language() or "en"
