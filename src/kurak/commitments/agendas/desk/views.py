"""Keeping agendas: one's own, their headings, drafts and versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.agendas import actions, queries, trees
from kurak.commitments.agendas.checking import Unfit
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.desk.coming import SignedRequest, for_staff, languages, of_agenda, of_draft, page, saved
from kurak.commitments.agendas.desk.forms import Add, Begin, CommitmentsFile, Heading, Part, PartyForm, Publish, Upload
from kurak.commitments.agendas.exchange.actions import import_agenda, import_commitments
from kurak.commitments.agendas.models import Agenda, Version
from kurak.commitments.agendas.showing import shown_lines
from kurak.ground.errors import Missing, Refused
from kurak.ground.languages.text import Text
from kurak.ground.places.queries import countries, in_order
from kurak.instruments.catalogue.building.fields import languages_for


@require_safe
@for_staff
def agendas(request: SignedRequest) -> HttpResponse:
    rows = [(each, kind_called(each.kind), queries.draft_of(each)) for each in queries.kept_by(request.user)]
    return render(request, "commitments/agendas/desk/agendas.html", {"rows": rows})


@for_staff
def new(request: SignedRequest) -> HttpResponse:
    form = Begin(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["title"] = Text(get_language() or "en", said["title"])
        try:
            draft = actions.begin_agenda(by=request.user, **said)
        except Refused as refusal:
            form.add_error("code" if refusal.code == "agenda.code_taken" else None, str(refusal))
        else:
            messages.success(request, _("The draft is there. Nobody else sees it until you publish it."))
            return redirect("agendas_desk:tree", agenda=draft.agenda.code)
    return render(request, "commitments/agendas/desk/new.html", {"form": form})


@for_staff
def upload(request: SignedRequest) -> HttpResponse:
    """An agenda from a file, published at once. Either all of it, or nothing."""
    form = Upload(request.POST or None, request.FILES or None, person=request.user)
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            agenda = _imported(request, form.cleaned_data)
        except Unfit as unfit:
            faults = unfit.problems
            form.add_error("file", _("Nothing of the file was kept. What is wrong stands above."))
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The file was read without mistakes, and everybody can see what it says."))
            return redirect("agendas:agenda", agenda=agenda.code)
    return render(request, "commitments/agendas/desk/upload.html", {"form": form, "faults": faults})


def _imported(request: SignedRequest, said: dict[str, Any]) -> Agenda:
    language = get_language() or "en"
    head = {"code": said["code"], "kind": said["kind"], "level": said["level"], "place": said["place"].code,
            "title": {language: said["title"]}}  # fmt: skip
    if said["owner"]:
        head["owner"] = said["owner"].slug
    how = {name: said[name] for name in ("columns", "group", "codelist")}
    name = said["file"].name
    return import_agenda(content=said["file"].read(), head=head, by=request.user, name=name, language=language, **how)


@of_agenda
def agenda(request: SignedRequest, agenda: Agenda) -> HttpResponse:
    """What is there of an agenda, and what can be done with it. A table of commitments is sent here."""
    form = CommitmentsFile(request.POST or None, request.FILES or None)
    faults: list[Any] = []
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            many = import_commitments(content=content, agenda=agenda, by=request.user, language=get_language() or "en")
        except Unfit as unfit:
            faults = unfit.problems
            form.add_error("file", _("Nothing of the file was kept. What is wrong stands above."))
        else:
            messages.success(request, _("%(many)d commitments were read from the file.") % {"many": many})
            return redirect("agendas_desk:agenda", agenda=agenda.code)
    shown = {
        "agenda": agenda, "kind": kind_called(agenda.kind), "draft": queries.draft_of(agenda),
        "versions": queries.versions_of(agenda), "form": form, "faults": faults,
    }  # fmt: skip
    return render(request, "commitments/agendas/desk/agenda.html", shown)


@of_agenda
def heading(request: SignedRequest, agenda: Agenda) -> HttpResponse:
    spoken = languages_for({}, *[*agenda.title.translations, agenda.title.language], request.GET.get("with", ""))
    form = Heading(request.POST or None, languages=spoken, initial=Heading.of(agenda, spoken))
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("seen", "")
            actions.describe_agenda(by=request.user, agenda=agenda, seen=seen, **form.said(agenda))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("agendas_desk:agenda", agenda=agenda.code)
    seen = request.POST.get("seen") or actions.mark_of(agenda)
    return render(request, "commitments/agendas/desk/heading.html", {"agenda": agenda, "form": form, "seen": seen})


@of_agenda
def parties(request: SignedRequest, agenda: Agenda) -> HttpResponse:
    """What each country's part in the agenda is."""
    kept = {each.place_id: each for each in queries.participations_of(agenda)}
    sent = request.POST if request.method == "POST" else None
    shown = in_order(countries(), get_language() or "en")
    forms = [PartyForm(sent, place=each, initial=PartyForm.of(kept.get(each.pk))) for each in shown]
    if sent is not None and all([form.is_valid() for form in forms]):  # noqa: C419 - each says what is wrong
        given = [form.given for form in forms if form.cleaned_data["status"]]
        actions.set_participations(by=request.user, agenda=agenda, given=given)
        messages.success(request, _("Saved."))
        return redirect("agendas:agenda", agenda=agenda.code)
    return render(request, "commitments/agendas/desk/parties.html", {"agenda": agenda, "forms": forms})


@require_POST
@of_agenda
def draft(request: SignedRequest, agenda: Agenda) -> HttpResponse:
    actions.begin_version(by=request.user, agenda=agenda)
    return redirect("agendas_desk:tree", agenda=agenda.code)


@of_draft
def tree(request: SignedRequest, draft: Version) -> HttpResponse:
    """The tree, with buttons that work without scripts, and a form for one more part."""
    form = Add(request.POST if "add" in request.POST else None, tree=draft.document)
    if request.method == "POST" and "add" not in request.POST:
        _stepped(request, draft)
        return redirect("agendas_desk:tree", agenda=draft.agenda.code)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        node = {"code": said["code"], "title": {get_language() or "en": said["title"]}}
        if saved(request, draft, form, lambda: trees.added(draft.document, node, under=said["under"])):
            return redirect("agendas_desk:tree", agenda=draft.agenda.code)
    kind = kind_called(draft.agenda.kind)
    rows = [(each, kind.part(each.depth)) for each in trees.placed(draft.document)]
    return page(request, draft, "tree", form=form, rows=rows)


def _stepped(request: SignedRequest, draft: Version) -> None:
    """What a button of the tree does."""
    sent = request.POST
    acts = {
        "up": lambda code: trees.stepped(draft.document, code, -1),
        "down": lambda code: trees.stepped(draft.document, code, +1),
        "remove": lambda code: trees.removed(draft.document, code),
    }
    try:
        for act, change in acts.items():
            if act in sent:
                about = {"version": draft, "tree": change(sent[act]), "seen": sent.get("seen", "")}
                actions.save_version(by=request.user, **about)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))


@of_draft
def part(request: SignedRequest, draft: Version, code: str) -> HttpResponse:
    each = next((one for one in trees.placed(draft.document) if one.code == code), None)
    if each is None:
        raise Missing("provision.missing", _("There is no such part in this agenda. Its page shows them all."))
    kind, spoken = kind_called(draft.agenda.kind), languages(request, draft)
    about = {"kind": kind, "tree": draft.document, "code": code, "languages": spoken}
    form = Part(request.POST or None, initial=Part.of(each, kind, spoken), **about)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(request, draft, form, lambda: _changed(draft, each, form))
    ):
        messages.success(request, _("Saved."))
        return redirect("agendas_desk:tree", agenda=draft.agenda.code)
    return page(request, draft, "part", form=form, each=each, word=kind.part(each.depth))


def _changed(draft: Version, each: trees.Placed, form: Part) -> trees.Node:
    made = trees.changed(draft.document, each.code, form.change)
    under = form.cleaned_data["under"]
    return trees.moved(made, each.code, under=under) if under != each.parent else made


@of_draft
def check(request: SignedRequest, draft: Version) -> HttpResponse:
    """What would change, line by line, and the form that publishes it."""
    form = Publish(request.POST or None, initial={"dated": draft.dated})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_version(by=request.user, version=draft, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Published. From now on this version stays as it is."))
            return redirect("agendas:agenda", agenda=draft.agenda.code)
    last = queries.newest_of(draft.agenda)
    lines = shown_lines(last.document, draft.document, draft.agenda) if last else []
    return page(request, draft, "check", form=form, last=last, lines=lines)


@require_POST
@of_draft
def discard(request: SignedRequest, draft: Version) -> HttpResponse:
    actions.discard_version(by=request.user, version=draft)
    messages.success(request, _("The draft is gone."))
    return redirect("agendas_desk:agendas")


@require_POST
@of_agenda
def retire(request: SignedRequest, agenda: Agenda) -> HttpResponse:
    actions.retire_agenda(by=request.user, agenda=agenda, reason=request.POST.get("reason", ""))
    messages.success(request, _("The agenda is retired. It stays readable."))
    return redirect("agendas_desk:agenda", agenda=agenda.code)
