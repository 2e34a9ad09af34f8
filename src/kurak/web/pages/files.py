"""Small files that browsers and search engines ask for at fixed addresses."""

from django.contrib.staticfiles import finders
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DAY = 60 * 60 * 24


@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    closed = ("/account/", "/desk/", "/exit/", "/live/")
    return HttpResponse(
        "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed), content_type="text/plain"
    )


@require_safe
@cache_control(public=True, max_age=DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [{"src": static("icons/kurak.svg"), "sizes": "any", "type": "image/svg+xml"}] + [
        {"src": static(f"icons/kurak-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    described = {
        "name": "Kurak",
        "short_name": "Kurak",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#faf6ec",
        "theme_color": "#0a6d77",
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a service worker governs only what lies beneath its own address."""
    with open(str(finders.find("sw.js")), encoding="utf-8") as file:
        script = file.read()
    shell = ",".join(
        f'"{path}"' for path in ("/offline/", static("kurak.css"), static("kurak.js"), static("icons/kurak.svg"))
    )
    return HttpResponse(script.replace("/* shell */", shell), content_type="text/javascript")


@require_safe
@cache_control(public=True, max_age=DAY)
def favicon(request: HttpRequest) -> FileResponse:
    return FileResponse(open(str(finders.find("icons/kurak-192.png")), "rb"), content_type="image/png")
