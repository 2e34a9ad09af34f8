"""Pages of shadow reports for everybody: editions, as a page, as DOCX and PDF, and compared."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kurak.commitments.shadow import queries
from kurak.commitments.shadow.assembling import languages_of
from kurak.commitments.shadow.comparing import compared
from kurak.commitments.shadow.keeping import kept
from kurak.commitments.shadow.models import FrozenReport
from kurak.commitments.shadow.papering import paper_of
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.papers.paper import Paper
from kurak.ground.papers.web import Web
from kurak.ground.publishing.citing import Citation


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/shadow/overview.html", {"editions": queries.published()})


@require_safe
def edition(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    found = queries.edition_called(code, number)
    if found.withdrawn_at is not None:
        return render(request, "commitments/shadow/gone.html", {"edition": found}, status=410)
    paper = paper_in(found, get_language() or "en", request)
    web = Web(paper)
    shown = {
        "edition": found, "report": found.report, "paper": paper, "body": web.body(), "notes": web.foot(),
        "languages_of_it": spoken(found), "editions": queries.editions_of(found.report),
        "citation": cited(found, request),
    }  # fmt: skip
    return render(request, "commitments/shadow/edition.html", shown)


@require_safe
def file(request: HttpRequest, code: str, number: int, language: str, form: str) -> HttpResponse:
    found = standing(code, number)
    if form not in WRITERS or language not in {each.code for each in spoken(found)}:
        raise Http404
    paper = paper_in(found, language, request)
    return sent(form, f"{code}-{number}-{language}", kept(found, form, paper, WRITERS[form]))


@require_safe
def document(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Everything that was frozen, as data."""
    found = standing(code, number)
    told = {"edition": found.number, "sha256": found.sha256, "document": found.document}
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}-{number}.json"'
    return answer


@require_safe
def compare(request: HttpRequest, code: str, old: int, new: int) -> HttpResponse:
    before, now = standing(code, old), standing(code, new)
    language = get_language() or "en"
    lines = compared(paper_of(before.document, language), paper_of(now.document, language))
    shown = {"before": before, "now": now, "report": now.report, "lines": lines}
    return render(request, "commitments/shadow/compare.html", shown)


def standing(code: str, number: int) -> FrozenReport:
    found = queries.edition_called(code, number)
    if found.withdrawn_at is not None:
        raise Http404
    return found


def paper_in(edition: FrozenReport, language: str, request: HttpRequest) -> Paper:
    url = request.build_absolute_uri(reverse("shadow:edition", args=[edition.report.code, edition.number]))
    return paper_of(edition.document, language, edition=str(edition.number), url=url)


def spoken(edition: FrozenReport) -> list[Any]:
    """Languages in which some of its words exist."""
    there = languages_of(edition.document)
    return [each for each in LANGUAGES if each.code in there]


def _pdf(paper: Paper) -> bytes:
    from kurak.ground.papers.pdf import pdf  # heavy: loaded when it is needed

    return pdf(paper)


def _word(paper: Paper) -> bytes:
    from kurak.ground.papers.word import word

    return word(paper)


WRITERS = {"pdf": _pdf, "docx": _word}
MEDIA = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def sent(form: str, name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def cited(edition: FrozenReport, request: HttpRequest) -> Citation:
    return Citation(
        title=str(edition.report.title.into(get_language() or "en")),
        published=edition.frozen_at.date(),
        url=request.build_absolute_uri(reverse("shadow:edition", args=[edition.report.code, edition.number])),
        author="; ".join(each["name"]["body"] for each in edition.document["signed"]),
        version=f"{edition.number}, SHA-256 {edition.sha256[:12]}",
        kind="report",
    )
