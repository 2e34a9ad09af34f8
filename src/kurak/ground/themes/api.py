"""Themes in the API."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from kurak.ground.languages.words import Words, words
from kurak.ground.themes import queries
from kurak.ground.themes.models import Theme

router = Router(tags=["themes"])


class ThemeOut(Schema):
    code: str
    kind: Literal["priority", "goal"]
    number: int
    name: Words
    description: Words | None

    @staticmethod
    def resolve_name(theme: Theme) -> Words:
        return words(theme.name)

    @staticmethod
    def resolve_description(theme: Theme) -> Words | None:
        return words(theme.description) if theme.description else None


@router.get("", response=list[ThemeOut], summary="Themes, all or of one kind")
def themes(request: HttpRequest, kind: Literal["priority", "goal"] | None = None) -> list[Theme]:
    everything = Theme.objects.all()
    return list(everything.filter(kind=kind) if kind else everything)


@router.get("/{code}", response=ThemeOut, summary="One theme")
def theme(request: HttpRequest, code: str) -> Theme:
    return queries.theme_called(code)
