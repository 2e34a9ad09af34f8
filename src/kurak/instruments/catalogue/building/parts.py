"""The parts of a draft, a page each: heading, criteria, answers, classes, sources, notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing, Refused
from kurak.instruments.catalogue import actions
from kurak.instruments.catalogue.building import editing
from kurak.instruments.catalogue.building.coming import SignedRequest, languages, of_draft, page, saved
from kurak.instruments.catalogue.building.criteria import LeafForm, NewCriterion, NodeForm
from kurak.instruments.catalogue.building.fields import inside
from kurak.instruments.catalogue.building.forms import About
from kurak.instruments.catalogue.building.lists import ClassRow, Named, NoteRow, Row, Rows, Scale, Scheme, SourceRow
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.catalogue.tree import Place, places

type Document = dict[str, Any]


def back_to(part: str, draft: Edition, **parts: Any) -> HttpResponse:
    return redirect(f"building:{part}", instrument=draft.instrument.code, pk=draft.pk, **parts)


@of_draft
def about(request: SignedRequest, draft: Edition) -> HttpResponse:
    spoken = languages(request, draft)
    form = About(request.POST or None, languages=spoken, initial=About.of(draft.document, spoken))
    if is_right(request, form) and saved(request, draft, form, lambda: form.applied(draft.document)):
        return back_to("draft", draft)
    return page(request, draft, "about", form=form)


def is_right(request: SignedRequest, *forms: Any) -> bool:
    return request.method == "POST" and all([form.is_valid() for form in forms])  # noqa: C419 - each says what is wrong


# Criteria


@of_draft
def criteria(request: SignedRequest, draft: Edition) -> HttpResponse:
    """The tree, with buttons that work without scripts; a criterion that is added is opened at once."""
    form = NewCriterion(request.POST if "add" in request.POST else None, document=draft.document)
    if request.method == "POST" and "add" not in request.POST:
        stepped(request, draft)
        return back_to("criteria", draft)
    if is_right(request, form) and saved(request, draft, form, lambda: with_new(draft.document, form.cleaned_data)):
        if form.cleaned_data["kind"] == "use":
            return back_to("criteria", draft)
        return back_to("criterion", draft, criterion=form.cleaned_data["code"])
    return page(request, draft, "criteria", form=form, tree=[*rows_of(draft.document)])


def with_new(document: Document, said: Document) -> Document:
    """The document with one more criterion, or one more use of one that is there."""
    if said["kind"] == "use":
        return editing.used(document, said["code"], said["under"])
    given: Document = {"code": said["code"], "title": {"en": said["title"] or said["code"]}}
    if said["kind"] == "node":
        given["children"] = []
    under = said["under"]
    where = {"among": under[1:]} if under.startswith("+") else {"under": under}
    return editing.added(document, given, **where)


def stepped(request: SignedRequest, draft: Edition) -> None:
    """What a button of the tree does."""
    sent = request.POST
    changes = {
        "up": lambda code: editing.stepped(draft.document, code, -1),
        "down": lambda code: editing.stepped(draft.document, code, +1),
        "remove": lambda code: editing.removed(draft.document, code),
        "unuse": lambda path: editing.unused(draft.document, path),
    }
    try:
        for act, change in changes.items():
            if act in sent:
                actions.save(by=request.user, edition=draft, document=change(sent[act]))
    except Refused as refusal:
        messages.error(request, str(refusal))


def rows_of(document: Document) -> list[tuple[Place, int, str]]:
    """(place, depth, path as a word) of every line of the tree."""
    return [(each, each.depth, ".".join(map(str, each.path))) for each in places(document)]


@of_draft
def criterion(request: SignedRequest, draft: Edition, criterion: str) -> HttpResponse:
    place, spoken = editing.place_of(draft.document, criterion), languages(request, draft)
    form = form_of(place, draft.document, spoken, request.POST or None)
    if is_right(request, form) and saved(request, draft, form, lambda: applied(draft.document, place, form)):
        return back_to("criterion", draft, criterion=form.cleaned_data["code"])
    return page(request, draft, "criteria", "criterion", form=form, place=place)


def form_of(place: Place, document: Document, spoken: list[str], data: Any) -> NodeForm | LeafForm:
    shared: dict[str, Any] = {"document": document, "place": place, "languages": spoken}
    if place.is_node:
        return NodeForm(data, initial=NodeForm.of(place.given, place, spoken), **shared)
    return LeafForm(data, initial=LeafForm.of(place.given, place, spoken, document), **shared)


def applied(document: Document, place: Place, form: NodeForm | LeafForm) -> Document:
    """What is written, then where it stands, then what it is called."""
    made = editing.changed(document, place.code, form.given)
    under = form.cleaned_data.get("under")
    if under and under != place.parent:
        made = editing.moved(made, place.code, under)
    named = form.cleaned_data["code"]
    return editing.renamed(made, place.code, named) if named != place.code else made


# Answers and classes: several of each, with names


@of_draft
def answers(request: SignedRequest, draft: Edition) -> HttpResponse:
    return named(request, draft, "answers", "scale", {"yes": 1, "no": 0})


@of_draft
def classes(request: SignedRequest, draft: Edition) -> HttpResponse:
    return named(request, draft, "classes", "scheme", {"of": [{"code": "low", "title": {"en": "Low"}}]})


def named(request: SignedRequest, draft: Edition, part: str, one: str, begins: Document) -> HttpResponse:
    """A list of things with names; a new one opens at once, one that is dropped goes."""
    there = draft.document.get(part) or {}
    fresh = Named(request.POST if request.method == "POST" and "drop" not in request.POST else None)
    if request.method == "POST" and "drop" in request.POST:
        kept = {name: each for name, each in there.items() if name != request.POST["drop"]}
        made = editing.put(draft.document, part, kept)
        if part == "answers":
            told = inside(made.get("wording"), {request.POST["drop"]: None})
            made = inside(made, {"wording": told})
        actions.save(by=request.user, edition=draft, document=made)
        return back_to(part, draft)
    if is_right(request, fresh):
        name = fresh.cleaned_data["name"]
        made = there | {name: there.get(name) or begins}
        if saved(request, draft, fresh, lambda: editing.put(draft.document, part, made)):
            return back_to(one, draft, **{one: name})
    return page(request, draft, part, fresh=fresh, there=there)


def one_of(draft: Edition, part: str, name: str) -> tuple[Document, Document]:
    """All of a part, and the one with that name."""
    there = draft.document.get(part) or {}
    if not isinstance(there.get(name), dict):
        raise Missing("part.missing", _("There is nothing of this name in the draft any more."), asked=name)
    return there, there[name]


@of_draft
def scale(request: SignedRequest, draft: Edition, scale: str) -> HttpResponse:
    there, given = one_of(draft, "answers", scale)
    spoken, every = languages(request, draft), draft.document.get("wording") or {}
    told = every.get(scale) or {}
    form = Scale(request.POST or None, words=given, languages=spoken, initial=Scale.of(given, told, spoken))
    if is_right(request, form):
        made = inside(draft.document, {"answers": there | {scale: form.cleaned_data["answers"]}})
        made = inside(made, {"wording": inside(every, {scale: form.told(told)})})
        is_new = any(word not in given for word in form.cleaned_data["answers"])
        if saved(request, draft, form, lambda: made):
            return back_to("scale", draft, scale=scale) if is_new else back_to("answers", draft)
    return page(request, draft, "answers", "scale", form=form, scale=scale)


@of_draft
def scheme(request: SignedRequest, draft: Edition, scheme: str) -> HttpResponse:
    there, given = one_of(draft, "classes", scheme)
    data = request.POST or None
    form = Scheme(data, initial={"by": given.get("by", "cuts"), "digits": given.get("digits")})
    rows = Rows(ClassRow, given.get("of"), languages(request, draft), data)
    if is_right(request, form, rows):
        made = there | {scheme: inside(given, form.given) | {"of": rows.given}}
        if saved(request, draft, form, lambda: editing.put(draft.document, "classes", made)):
            return back_to("scheme", draft, scheme=scheme)
    return page(request, draft, "classes", "scheme", form=form, rows=rows.forms, scheme=scheme)


@of_draft
def sources(request: SignedRequest, draft: Edition) -> HttpResponse:
    return listed(request, draft, "sources", SourceRow)


@of_draft
def notes(request: SignedRequest, draft: Edition) -> HttpResponse:
    return listed(request, draft, "notes", NoteRow)


def listed(request: SignedRequest, draft: Edition, part: str, kind: type[Row]) -> HttpResponse:
    """A list of the document as rows of a form."""
    rows = Rows(kind, draft.document.get(part), languages(request, draft), request.POST or None)
    last = rows.forms[-1]
    if is_right(request, rows) and saved(request, draft, last, lambda: editing.put(draft.document, part, rows.given)):
        return back_to(part, draft)
    return page(request, draft, part, "rows", rows=rows.forms)
