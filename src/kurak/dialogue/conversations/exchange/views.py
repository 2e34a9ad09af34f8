"""The files of a conversation: a page that says what is in them, and the downloads."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kurak.dialogue.conversations.exchange.about import SAYS, attribution_of, licence_of
from kurak.dialogue.conversations.exchange.queries import version_of
from kurak.dialogue.conversations.exchange.writing import Export
from kurak.dialogue.conversations.models import Conversation
from kurak.dialogue.conversations.visiting import is_outside, may_see, visit_of
from kurak.ground.errors import Refused

MINUTE = 60
MOST_IN_A_PACKAGE = 1_000_000  # votes; larger packages are made by the command, not while others wait
MEDIA_TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json", ".txt": "text/plain; charset=utf-8"}

type Answer = Callable[..., HttpResponseBase]


def of_conversation(view: Answer) -> Answer:
    """Find the conversation for whoever may see it. No key is handed out: who takes a file takes no part."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **parts: str) -> HttpResponseBase:
        visit = visit_of(request, slug)
        if not may_see(request, visit) or is_outside(request, visit):
            raise Http404
        return view(request, visit.conversation, **parts)

    return found


@require_safe
@of_conversation
def about(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    files = [(name, SAYS[name]) for name in Export(conversation).names()]
    shown = {
        "conversation": conversation,
        "files": files,
        "licence": licence_of(conversation),
        "attribution": attribution_of(conversation),
    }
    return render(request, "dialogue/conversations/data.html", shown)


@require_safe
@of_conversation
def file(request: HttpRequest, conversation: Conversation, name: str) -> HttpResponseBase:
    """One file, sent while it is written."""
    streams = Export(conversation).files()
    if name not in streams:
        raise Http404
    tag = tag_of(conversation, name)
    if unchanged := get_conditional_response(request, etag=tag):
        return unchanged
    kind = MEDIA_TYPES[Path(name).suffix]
    if request.method == "HEAD":
        return named(HttpResponse(content_type=kind), conversation, name, tag)
    return named(StreamingHttpResponse(streams[name](), content_type=kind), conversation, name, tag)


@require_safe
@of_conversation
def package(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    """The data package as one archive."""
    from kurak.dialogue.conversations.exchange.package import write_package

    tag = tag_of(conversation, "package.zip")
    if unchanged := get_conditional_response(request, etag=tag):
        return unchanged
    if conversation.votes.count() > MOST_IN_A_PACKAGE:
        sentence = _("This conversation is too large for one archive. Take the single files.")
        raise Refused("export.too_large", sentence, most=MOST_IN_A_PACKAGE)
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    if request.method != "HEAD":
        with tempfile.TemporaryDirectory(prefix="kurak-") as folder:
            write_package(conversation, Path(folder))
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in sorted(Path(folder).iterdir()):
                    packed.write(path, f"{conversation.slug}/{path.name}")
        archive.seek(0)
    return named(FileResponse(archive, content_type="application/zip"), conversation, "package.zip", tag)


def tag_of(conversation: Conversation, name: str) -> str:
    return f'"{hashlib.sha256(f"{name}:{version_of(conversation)}".encode()).hexdigest()[:32]}"'


def named(response: HttpResponseBase, conversation: Conversation, name: str, tag: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{conversation.slug}-{name}"'
    response.headers["ETag"] = tag
    if conversation.is_listed:
        response.headers["Access-Control-Allow-Origin"] = "*"
        patch_cache_control(response, public=True, max_age=MINUTE)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response
