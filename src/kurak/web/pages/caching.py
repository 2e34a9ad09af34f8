"""Which answers may be kept by browsers, proxies and the service worker: only what a stranger gets."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

MINUTE = 60


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page public, unless this reader has a session: then it may show who they are."""

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        elif response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MINUTE)
        return response

    return marked
