"""Languages in the API."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.names import language_name

router = Router(tags=["languages"])


class LanguageOut(Schema):
    code: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    names: dict[str, str]


@router.get("", response=list[LanguageOut], summary="The ten languages")
def languages(request: HttpRequest) -> list[dict[str, object]]:
    return [
        {
            "code": each.code,
            "own_name": each.own_name,
            "direction": each.direction,
            "names": {other.code: language_name(each.code, in_=other.code) for other in LANGUAGES},
        }
        for each in LANGUAGES
    ]
