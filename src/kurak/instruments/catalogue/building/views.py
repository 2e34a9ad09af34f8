"""The builder: a list of one's instruments, beginnings, and what is done with an edition as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.ground.errors import Refused
from kurak.instruments.catalogue import actions, queries
from kurak.instruments.catalogue.analysis import tried
from kurak.instruments.catalogue.building import starting, uploading
from kurak.instruments.catalogue.building.coming import (
    SignedRequest,
    for_staff,
    of_draft,
    of_edition,
    of_instrument,
    page,
    saved,
)
from kurak.instruments.catalogue.building.fields import AsText
from kurak.instruments.catalogue.building.forms import Begin, Upload
from kurak.instruments.catalogue.building.trying import beginning, table
from kurak.instruments.catalogue.method import Method
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.showing import class_title
from kurak.instruments.catalogue.views import written as file_of
from kurak.instruments.catalogue.yaml_writing import as_yaml
from kurak.instruments.definitions.analysis import Definition, from_document, read
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import written


@require_safe
@for_staff
def instruments(request: SignedRequest) -> HttpResponse:
    found = Paginator(queries.built_by(request.user).prefetch_related("editions"), 30).get_page(request.GET.get("page"))
    return render(request, "instruments/building/instruments.html", {"page": found})


@for_staff
def new(request: SignedRequest) -> HttpResponse:
    form = Begin(request.POST or None, person=request.user, initial={"copy": request.GET.get("copy")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        named = {"code": said["code"], "title": {"en": said["title"]}}
        copy = queries.draft_called(said["copy"].pk) if said["copy"] else None
        document = (
            starting.copied(copy.document, **named) if copy else starting.begun(said["starter"] or "empty", **named)
        )
        try:
            draft = actions.begin(by=request.user, document=document, place=said["place"], owner=said["owner"], on=copy)
        except Refused as refusal:
            form.add_error("code" if refusal.code == "instrument.code_taken" else None, str(refusal))
        else:
            messages.success(request, _("The draft is there. Nobody else sees it until you publish it."))
            return redirect("building:draft", instrument=draft.instrument.code, pk=draft.pk)
    return render(request, "instruments/building/new.html", {"form": form})


@for_staff
def upload(request: SignedRequest) -> HttpResponse:
    """A definition from a file. Either all of it becomes a draft, or nothing."""
    form = Upload(request.POST or None, request.FILES or None, person=request.user)
    faults: list[uploading.Fault] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        whose = {name: form.cleaned_data[name] for name in ("place", "owner")}
        try:
            draft = actions.take_in(by=request.user, definition=uploading.taken(file.name, file.read()), **whose)
        except uploading.Unfit as unfit:
            faults = unfit.faults
            form.add_error("file", str(unfit))
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The file was read without mistakes. This is the draft that it gives."))
            return redirect("building:draft", instrument=draft.instrument.code, pk=draft.pk)
    return render(request, "instruments/building/upload.html", {"form": form, "faults": faults})


@require_safe
@of_instrument
def instrument(request: SignedRequest, instrument: Instrument) -> HttpResponse:
    editions = instrument.editions.select_related("changed_by").defer(*queries.HEAVY)
    return render(request, "instruments/building/instrument.html", {"instrument": instrument, "editions": editions})


@require_POST
@of_edition
def correct(request: SignedRequest, edition: Edition) -> HttpResponse:
    draft = actions.correct(by=request.user, edition=edition)
    return redirect("building:draft", instrument=draft.instrument.code, pk=draft.pk)


@require_POST
@of_edition
def next_edition(request: SignedRequest, edition: Edition) -> HttpResponse:
    draft = actions.begin_edition(by=request.user, edition=edition, named=request.POST.get("named", "").strip())
    return redirect("building:draft", instrument=draft.instrument.code, pk=draft.pk)


@require_POST
@of_edition
def retire(request: SignedRequest, edition: Edition) -> HttpResponse:
    actions.retire(by=request.user, edition=edition, reason=request.POST.get("reason", ""))
    messages.success(request, _("The edition is retired. What was computed with it stays."))
    return redirect("building:instrument", instrument=edition.instrument.code)


@require_safe
@of_draft
def check(request: SignedRequest, draft: Edition) -> HttpResponse:
    return page(request, draft, "check")


@require_POST
@of_draft
def publish(request: SignedRequest, draft: Edition) -> HttpResponse:
    edition = actions.publish(by=request.user, edition=draft, reason=request.POST.get("reason", ""))
    messages.success(request, _("Published. From now on it stays as it is."))
    return redirect("catalogue:edition", instrument=edition.instrument.code, edition=edition.edition)


@require_POST
@of_draft
def discard(request: SignedRequest, draft: Edition) -> HttpResponse:
    actions.discard(by=request.user, edition=draft)
    messages.success(request, _("The draft is gone."))
    return redirect("building:instruments")


@require_safe
@of_draft
def file(request: SignedRequest, draft: Edition, form: str) -> HttpResponse:
    """The draft as it stands, to go on with elsewhere."""
    response = file_of(draft, form)
    response.headers["Content-Disposition"] = f'attachment; filename="{draft.instrument.code}-draft.{form}"'
    return response


@of_draft
def document(request: SignedRequest, draft: Edition) -> HttpResponse:
    """The whole draft as text, with the line of every mistake."""
    form = AsText(request.POST or None, initial={"text": as_yaml(draft.document)})
    problems: tuple = ()
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            found = written(text)
            if found.problems or not isinstance(found.document, dict):
                read(text)
        except Misdeclared as wrong:
            problems = wrong.problems
        else:
            if saved(request, draft, form, lambda: found.document):
                return redirect("building:document", instrument=draft.instrument.code, pk=draft.pk)
    elif request.method != "POST":
        problems = problems_of(form.initial["text"])
    return page(request, draft, "document", form=form, faults=problems)


def problems_of(text: str) -> tuple:
    try:
        read(text)
    except Misdeclared as wrong:
        return wrong.problems
    return ()


@of_draft
def preview(request: SignedRequest, draft: Edition) -> HttpResponse:
    """The draft computed with trial data, which are kept nowhere."""
    try:
        definition = from_document(draft.document)
    except Misdeclared:
        return page(request, draft, "preview", unready=True)
    text = request.POST.get("data") or beginning(definition)
    return page(request, draft, "preview", "", data=text, trial=trial(definition, text))


def trial(definition: Definition, text: str) -> dict[str, object]:
    try:
        found = tried(definition, *table(text))
    except Refused as refusal:
        return {"refused": str(refusal)}
    method = Method(definition)
    codes = list(method.declaration.nodes)
    rows = [(unit.unit, [(each, class_title(method, each)) for each in unit.nodes]) for unit in found.units]
    return {"problems": found.problems, "titles": [method.title(code) for code in codes], "rows": rows}
