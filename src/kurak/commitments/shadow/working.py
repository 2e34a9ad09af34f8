"""Pages of the work in progress, for those who take part. Each works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.agendas.queries import agenda_called
from kurak.commitments.shadow import actions, queries, rules
from kurak.commitments.shadow.assembling import assembled
from kurak.commitments.shadow.forms import (
    SPOKEN,
    ClosingForm,
    InviteForm,
    NewSectionForm,
    OpenForm,
    SectionForm,
    agendas_for,
    leads_of,
    said_in,
)
from kurak.commitments.shadow.models import Section, ShadowReport
from kurak.commitments.shadow.papering import paper_of
from kurak.commitments.shadow.views import WRITERS, sent
from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.languages.text import Text
from kurak.ground.papers.paper import counted
from kurak.ground.papers.web import Web
from kurak.ground.people.doors import SignedRequest, kept_private

type View = Callable[..., HttpResponse]
CODES = [code for code, _name in SPOKEN]


def of_report(view: View) -> View:
    """For somebody who takes part. What is refused is said on the report's page."""

    @wraps(view)
    def found(request: SignedRequest, code: str, **parts: Any) -> HttpResponse:
        report = queries.report_for(request.user, code)
        try:
            answer = view(request, report, **parts)
        except (Forbidden, Missing):
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            answer = redirect("shadow:work", code=code)
        return kept_private(answer)

    return login_required(found)


@login_required
@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    shown = {
        "reports": queries.mine(request.user),
        "today": timezone.now().date(),
        "may_open": leads_of(request.user).exists(),
    }
    return kept_private(render(request, "commitments/shadow/mine.html", shown))


@login_required
def new(request: SignedRequest) -> HttpResponse:
    """First the agenda, then the rest."""
    if not leads_of(request.user).exists():
        return kept_private(render(request, "commitments/shadow/new.html", {"belongs": False}))
    chosen = request.GET.get("agenda", "")
    if not chosen:
        return kept_private(render(request, "commitments/shadow/new.html", {"belongs": True, "agendas": agendas_for()}))
    agenda = agenda_called(chosen, person=request.user)
    form = OpenForm(request.POST or None, person=request.user, agenda=agenda)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        title = Text(said.pop("language"), said.pop("title"))
        try:
            made = actions.open_report(by=request.user, title=title, agenda=agenda, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("shadow:work", code=made.code)
    return kept_private(
        render(request, "commitments/shadow/new.html", {"belongs": True, "agenda": agenda, "form": form})
    )


@require_safe
@of_report
def work(request: SignedRequest, report: ShadowReport) -> HttpResponse:
    """The desk of one report: its sections, its coalition, how long it is and how long there is."""
    words = counted(paper_of(assembled(report), report.title.language))
    leads = rules.may_lead(request.user, report)
    shown = {
        "report": report, "sections": queries.sections_of(report), "leads": leads, "words": words,
        "share": min(100, round(100 * words / report.most_words)) if report.most_words else None,
        "over": bool(report.most_words and words > report.most_words), "days": days_left(report),
        "coalition": report.coalition.select_related("organisation"), "signs": signing(request, report),
        "editions": queries.editions_of(report), "invite": InviteForm(report=report),
        "adding": NewSectionForm(report=report), "frame": ClosingForm(report=report),
    }  # fmt: skip
    return render(request, "commitments/shadow/work.html", shown)


def days_left(report: ShadowReport) -> int | None:
    return (report.due - timezone.now().date()).days if report.due else None


def signing(request: SignedRequest, report: ShadowReport) -> list[tuple[Any, bool]]:
    signed = set(report.coalition.filter(signed_at__isnull=False).values_list("organisation_id", flat=True))
    return [(each, each.pk in signed) for each in rules.signs_for(request.user, report)]


@of_report
def section(request: SignedRequest, report: ShadowReport, pk: int) -> HttpResponse:
    """Write one section, in one language; see what was there when somebody else was faster."""
    found = queries.section_of(report, pk)
    asked = request.GET.get("language", "")
    language = asked if asked in CODES else report.title.language
    writes = rules.may_write(request.user, found)
    first = {"heading": said_in(found.heading, language), "body": said_in(found.body, language), "ready": found.ready,
             "seen": actions.mark_of(found)}  # fmt: skip
    form = SectionForm(request.POST or None, initial=first, section=found, language=language)
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            write(request, found, form)
        except actions.Overtaken as refusal:
            form.add_error(None, str(refusal))
            overtaken, form.data = True, {**request.POST.dict(), "seen": actions.mark_of(found)}
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?language={language}")
    shown = {
        "report": report, "section": found, "form": form, "language_of_it": language, "spoken": SPOKEN,
        "writes": writes, "overtaken": overtaken, "there": first, "comments": found.comments.select_related("by"),
        "findings": findings_of(found, report, language), "leads": rules.may_lead(request.user, report),
        "coalition": report.coalition.select_related("organisation"),
    }  # fmt: skip
    return render(request, "commitments/shadow/section.html", shown)


def write(request: SignedRequest, section: Section, form: SectionForm) -> None:
    said = form.cleaned_data
    actions.write_section(
        section=section, by=request.user, heading=form.heading_text, body=form.body_text, ready=said["ready"],
        seen=said["seen"],
    )  # fmt: skip


def findings_of(section: Section, report: ShadowReport, language: str) -> Web | None:
    """What will be printed below the words."""
    if section.provision is None:
        return None
    document = assembled(report)
    at = list(report.sections.values_list("pk", flat=True)).index(section.pk)
    document["sections"] = [{**document["sections"][at], "body": None}]
    return Web(paper_of(document, language))


@require_safe
@of_report
def preview(request: SignedRequest, report: ShadowReport, form: str = "") -> HttpResponse:
    """All of it as it would be frozen now."""
    language = get_language() or "en"
    document = assembled(report)
    paper = paper_of(document, language)
    if form in WRITERS:
        actions.need_room(document)
        return sent(form, f"{report.code}-draft-{language}", WRITERS[form](paper))
    web = Web(paper)
    shown = {"report": report, "paper": paper, "body": web.body(), "notes": web.foot()}
    return render(request, "commitments/shadow/preview.html", shown)


@require_POST
@of_report
def act(request: SignedRequest, report: ShadowReport, step: str) -> HttpResponse:
    """One of the small steps, by its name."""
    if step not in STEPS:
        raise Missing("shadow.step", _("There is no such step."))
    STEPS[step](request, report)
    where = request.POST.get("section", "")
    if step in IN_SECTION and where.isdigit():
        return redirect("shadow:section", code=report.code, pk=int(where))
    return redirect("shadow:work", code=report.code)


def _invite(request: SignedRequest, report: ShadowReport) -> None:
    form = InviteForm(request.POST, report=report)
    if not form.is_valid():
        raise Refused("shadow.whom", _("Choose an organisation of the list."))
    actions.invite(report=report, by=request.user, organisation=form.cleaned_data["organisation"])


def _sign(request: SignedRequest, report: ShadowReport) -> None:
    organisation = _of_coalition(request, report)
    actions.sign(report=report, by=request.user, organisation=organisation, signs=request.POST.get("signs") == "yes")


def _assign(request: SignedRequest, report: ShadowReport) -> None:
    to = _of_coalition(request, report) if request.POST.get("organisation") else None
    actions.assign_section(section=_section(request, report), by=request.user, to=to)


def _freeze(request: SignedRequest, report: ShadowReport) -> None:
    over = request.POST.get("over") == "yes"
    made = actions.freeze(report=report, by=request.user, note=request.POST.get("note", ""), over=over)
    messages.success(request, _("Edition %(number)d is published.") % {"number": made.number})


def _withdraw(request: SignedRequest, report: ShadowReport) -> None:
    edition = get_object_or_404(report.editions, number=_number(request, "number"))
    actions.withdraw(edition=edition, by=request.user, reason=request.POST.get("reason", ""))


def _add(request: SignedRequest, report: ShadowReport) -> None:
    form = NewSectionForm(request.POST, report=report)
    if not form.is_valid():
        raise Refused("shadow.heading", _("A section needs a heading."))
    heading = Text(report.title.language, form.cleaned_data["heading"].strip())
    actions.add_section(report=report, by=request.user, heading=heading, provision=form.cleaned_data["provision"])


def _move(request: SignedRequest, report: ShadowReport) -> None:
    up = request.POST.get("where") == "up"
    actions.move_section(section=_section(request, report), by=request.user, up=up)


def _remove(request: SignedRequest, report: ShadowReport) -> None:
    actions.remove_section(section=_section(request, report), by=request.user)


def _comment(request: SignedRequest, report: ShadowReport) -> None:
    actions.comment(section=_section(request, report), by=request.user, text=request.POST.get("text", ""))


def _settle(request: SignedRequest, report: ShadowReport) -> None:
    comment = get_object_or_404(_section(request, report).comments, pk=_number(request, "comment"))
    actions.settle(comment=comment, by=request.user)


def _frame(request: SignedRequest, report: ShadowReport) -> None:
    form = ClosingForm(request.POST, report=report)
    if not form.is_valid():
        raise Refused("shadow.frame", _("Something does not fit: look at the day and the number of words."))
    actions.change_frame(report=report, by=request.user, **form.cleaned_data)


def _of_coalition(request: SignedRequest, report: ShadowReport) -> Any:
    return get_object_or_404(report.coalition, organisation__slug=request.POST.get("organisation", "")).organisation


def _section(request: SignedRequest, report: ShadowReport) -> Section:
    return queries.section_of(report, _number(request, "section"))


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0


STEPS: dict[str, Callable[[SignedRequest, ShadowReport], None]] = {
    "invite": _invite, "sign": _sign, "assign": _assign, "freeze": _freeze, "withdraw": _withdraw, "add": _add,
    "move": _move, "remove": _remove, "comment": _comment, "settle": _settle, "frame": _frame,
}  # fmt: skip
IN_SECTION = {"comment", "settle", "assign"}
