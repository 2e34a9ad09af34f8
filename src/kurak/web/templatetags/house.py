"""What every page is built with: the quilt, the language switch, where one is."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from kurak.ground.languages.declared import LANGUAGES
from kurak.web.pages import quilt as patchwork

register = template.Library()


@register.simple_tag
def quilt(columns: int = 12, rows: int = 8, seed: object = "kurak") -> SafeString:
    """An ornament sewn of triangles and squares: the same seed always gives the same quilt."""
    return mark_safe(patchwork.svg(patchwork.sew(columns, rows, seed=str(seed))))  # noqa: S308 - numbers only


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """The address of this very page in another language."""
    request: HttpRequest | None = context.get("request")
    if request is None or request.method not in {"GET", "HEAD"}:
        return f"?lang={code}"
    query = request.GET.copy()
    query["lang"] = code
    return f"{request.path}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def here(context: template.Context, path: str) -> SafeString | str:
    """aria-current for a link of the navigation."""
    request: HttpRequest | None = context.get("request")
    now = request.path if request else ""
    inside = now == path if path == "/" else now.startswith(path)
    return mark_safe(f' aria-current="{"page" if now == path else "true"}"') if inside else ""  # noqa: S308


@register.simple_tag
def house_languages() -> tuple:
    return LANGUAGES
