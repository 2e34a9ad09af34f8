"""Agendas, provisions and commitments for tests: rows written one by one, and a small document that is right."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Provision, Step, Version
from kurak.commitments.agendas.trees import sha256_of
from kurak.ground.languages.folding import fold
from kurak.ground.languages.text import Text
from kurak.ground.places.models import Place
from tests.factories.places import a_place

_number = count(1)
TREE = {
    "provisions": [
        {
            "code": "1",
            "title": {"en": "Clean water", "ru": "Чистая вода"},
            "provisions": [
                {"code": "1.1", "title": {"en": "A well in every village"}, "text": {"en": "By 2030."}},
                {"code": "1.2", "title": {"en": "Water is tested every month"}},
            ],
        },
        {"code": "2", "title": {"en": "Clean air"}},
    ]
}


def a_document(code: str = "water-plan", **changed: Any) -> dict[str, Any]:
    """An agenda of a country: three levels of its parts, a commitment with a step. Ready for bring_agenda."""
    document = {
        "code": code, "kind": "programme", "level": "national", "place": "KG",
        "title": {"en": "Water plan", "ru": "План о воде"}, "adopted": "2026-01-01",
        "holds_from": "2026-01-01", "holds_until": "2030-12-31", "source": "Our own words", "licence": "CC-BY-4.0",
        **TREE,
        "commitments": [
            {
                "code": "C1", "title": {"en": "Dig ten wells"}, "provisions": ["1.1"],
                "owner_name": "Ministry of water", "deadline": "2027-06-30", "status": "under-way",
                "steps": [{"title": {"en": "Choose the villages"}, "due": "2026-03-31", "done_on": "2026-03-20"}],
            }
        ],
    }  # fmt: skip
    return {key: value for key, value in (document | changed).items() if value is not None}


def an_agenda(
    code: str = "", *, place: Place | None = None, tree: dict[str, Any] | None = None, **fields: Any
) -> Agenda:
    """Published unless said otherwise, in version 1, with the rows of its tree (none unless given)."""
    code = code or f"agenda-{next(_number)}"
    told = {
        "kind": "programme", "title": Text("en", code.title()), "level": "national", "status": "published",
        "folded": fold(code),
    } | fields  # fmt: skip
    agenda = Agenda.objects.create(code=code, place=place or a_place(), **told)
    a_version(agenda, tree or {"provisions": []})
    for number, each in enumerate((tree or {}).get("provisions", [])):
        _planted(agenda, each, None, number)
    return agenda


def _planted(agenda: Agenda, node: dict[str, Any], parent: Provision | None, number: int) -> None:
    title = node["title"] if isinstance(node["title"], str) else node["title"]["en"]
    position = number if parent is None else parent.position + number + 1
    here = a_provision(agenda, node["code"], parent=parent, title=title, position=position * (1 if parent else 100))
    for at, each in enumerate(node.get("provisions", [])):
        _planted(agenda, each, here, at)


def a_version(agenda: Agenda, tree: dict[str, Any], *, status: str = "published", number: int = 1) -> Version:
    return Version.objects.create(
        agenda=agenda, number=number, dated=date(2026, 1, 1), status=status, document=tree, sha256=sha256_of(tree),
        published_at=timezone.now() if status == "published" else None,
    )  # fmt: skip


def a_provision(
    agenda: Agenda | None = None, code: str = "", *, parent: Provision | None = None, title: str = "", **fields: Any
) -> Provision:
    agenda = agenda or an_agenda()
    number = next(_number)
    told = {"kind": "objective", "position": number, "depth": parent.depth + 1 if parent else 0} | fields
    return Provision.objects.create(
        agenda=agenda, code=code or f"p{number}", parent=parent, title=Text("en", title or f"Part {number}"), **told
    )


def a_commitment(
    agenda: Agenda | None = None,
    code: str = "",
    *,
    to: tuple[Provision, ...] = (),
    place: Place | None = None,
    title: str = "",
    **fields: Any,
) -> Commitment:
    """Under way, at the place of its agenda."""
    agenda = agenda or (to[0].agenda if to else an_agenda())
    number = next(_number)
    told = {"level": agenda.level, "status": "under-way", "folded": fold(title)} | fields
    made = Commitment.objects.create(
        agenda=agenda, code=code or f"C{number}", title=Text("en", title or f"Commitment {number}"),
        place=place or agenda.place, **told,
    )  # fmt: skip
    made.provisions.set(to)
    return made


def a_step(*commitments: Commitment, title: str = "", **fields: Any) -> Step:
    step = Step.objects.create(title=Text("en", title or f"Step {next(_number)}"), **fields)
    step.commitments.set(commitments or (a_commitment(),))
    return step


def a_crosswalk(start: Provision, end: Provision, relation: str = "serves", **fields: Any) -> Crosswalk:
    return Crosswalk.objects.create(start=start, end=end, relation=relation, **fields)
