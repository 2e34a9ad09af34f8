"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest

from kurak.ground.languages.declared import BY_CODE, LANGUAGES


def house(request: HttpRequest) -> dict[str, object]:
    code = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {"language": BY_CODE[code], "languages": LANGUAGES, "exit_url": settings.EXIT_URL}
