"""What the pages of the catalogue show, put together in the reader's language."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from kurak.ground.languages.folding import fold
from kurak.ground.places.models import Place
from kurak.ground.places.queries import countries, in_order
from kurak.ground.publishing.citing import LICENCE, Citation
from kurak.instruments.catalogue import analysis, queries
from kurak.instruments.catalogue.kinds import title_of
from kurak.instruments.catalogue.method import Method
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.wording import CHECKED, LABELS, LABELS_SAY, MARKS


def by_title(editions: Any) -> list[Edition]:
    """As a reader of the language would look for them."""
    language = get_language() or "en"
    return sorted(editions, key=lambda each: fold(str(each.instrument.title.into(language))))


def with_publishers(editions: list[Edition]) -> list[tuple[Edition, Any]]:
    """Only of those that a page shows: their documents are read for it."""
    documents = dict(Edition.objects.filter(pk__in=[each.pk for each in editions]).values_list("pk", "document"))
    return [(each, text_of(documents[each.pk].get("publisher"))) for each in editions]


def heading(edition: Edition) -> dict[str, Any]:
    """What every page about an edition begins with."""
    document = edition.document
    label = document.get("label")
    return {
        "edition": edition,
        "instrument": edition.instrument,
        "title": text_of(document.get("title")),
        "about": text_of(document.get("about")),
        "publisher": text_of(document.get("publisher")),
        "label": LABELS.get(edition.label, ""),
        "label_says": LABELS_SAY.get(edition.label, ""),
        "label_why": text_of(label.get("why")) if isinstance(label, dict) else None,
        "checked": CHECKED.get(document.get("checked", ""), ""),
        "data": data_of(document),
        "newer": queries.newer_than(edition),
    }


def data_of(document: Any) -> dict[str, Any]:
    given = document.get("data") or {}
    return {**given, "note": text_of(given.get("note"))}


def method_of(edition: Edition) -> dict[str, Any]:
    """The whole page of a method."""
    definition = analysis.definition_of(edition)
    method = Method(definition)
    return {
        **heading(edition),
        "method": method,
        "tree": method.tree(),
        "also": method.others("also"),
        "inputs": method.others("inputs"),
        "example": worked(method),
        "assessing": edition.document.get("assessing"),
        "downloads": [(form, address(edition, form)) for form in ("yaml", "xlsx", "json")],
    }


def worked(method: Method) -> dict[str, Any] | None:
    """The worked example, step by step."""
    trial = analysis.example_of(method.definition)
    if trial is None:
        return None
    given = method.document["example"]
    said = {"unit": text_of(given.get("unit")), "about": text_of(given.get("about")), "problems": trial.problems}
    if trial.problems:
        return said
    row = trial.units[0]
    leaves = [
        (method.title(each.code), each, method.answer(each.code, each.given))
        for each in row.leaves
        if each.given is not None or each.score is not None
    ]
    nodes = [(method.title(each.code), each, class_title(method, each)) for each in row.nodes]
    adjusted = [(method.title(node), name, before, after) for node, name, before, after in row.adjusted]
    checks = [(method.title(each.code), each) for each in trial.checks]
    return {**said, "leaves": leaves, "nodes": nodes, "adjusted": adjusted, "checks": checks,
            "holds": all(each.holds for each in trial.checks)}  # fmt: skip


def class_title(method: Method, computed: analysis.Computed) -> Any:
    """The name of the class that a score is in; None without one."""
    if not computed.class_code:
        return None
    declaration = method.declaration
    where: Any = declaration.nodes.get(computed.code) or declaration.leaves.get(computed.code)
    given = (method.document.get("classes") or {}).get(where.classes) or {}
    named = {str(each.get("code")): each.get("title") for each in given.get("of", [])}
    return text_of(named.get(computed.class_code) or computed.class_code)


def instrument_page(instrument: Instrument) -> dict[str, Any]:
    newest = queries.newest_of(instrument)
    editions = list(queries.editions_of(instrument))
    return {
        **heading(newest),
        "editions": [(each, LABELS.get(each.label, "")) for each in editions],
        "sources": sources_of(newest),
        "notes": notes_of(newest),
        "coverage": coverage_of(instrument),
        "pair": pair_of(editions),
        "downloads": [(form, address(newest, form)) for form in ("yaml", "xlsx", "json")],
        "citation": citation_of(newest),
    }


def pair_of(editions: list[Edition]) -> list[Edition]:
    """What a reader would compare first: the two newest editions; of a single one its two newest revisions."""
    newest = list({each.edition: each for each in reversed(editions)}.values())[::-1]
    chosen = newest if len(newest) > 1 else editions
    return chosen[:2][::-1] if len(chosen) > 1 else []


def sources_of(edition: Edition) -> list[dict[str, Any]]:
    return [
        {**each, "title": text_of(each.get("title")), "mark": MARKS.get(each.get("checked"), "")}
        for each in edition.document.get("sources") or []
    ]


def notes_of(edition: Edition) -> list[tuple[Any, str, Any]]:
    return [
        (text_of(each.get("text")), each.get("checked", ""), MARKS.get(each.get("checked"), ""))
        for each in edition.document.get("notes") or []
    ]


def coverage_of(instrument: Instrument) -> list[tuple[Place, str]]:
    """Each country of the region, with the last period that it has a published score in, or nothing."""
    scored = queries.last_periods(instrument)
    language = get_language() or "en"
    return [(place, scored.get(place.pk, "")) for place in in_order(countries(), language)] if scored else []


def address(edition: Edition, form: str) -> str:
    return reverse("catalogue:download", args=[edition.instrument.code, edition.edition, edition.revision, form])


def citation_of(edition: Edition, url: str = "") -> Citation:
    """The definition is cited as ours, with the revision; its sources stand beside it."""
    published = edition.published_at or edition.changed_at
    return Citation(
        title=title_of(edition), published=published.date(), url=url, version=str(edition.revision),
        licence=LICENCE,
    )  # fmt: skip


def revision_of(edition: Edition) -> str:
    """The address at which exactly this revision stays."""
    return reverse("catalogue:revision", args=[edition.instrument.code, edition.edition, edition.revision])
