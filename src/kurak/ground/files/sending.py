"""A kept file on its way to a reader: saved, never opened in the browser."""

from django.http import FileResponse

from kurak.ground.files.storing import open_file


def to_save(sha256: str, *, name: str, kind: str) -> FileResponse:
    """kind: its media type. Whether this reader may have it was asked before."""
    answer = FileResponse(open_file(sha256), as_attachment=True, filename=name, content_type=kind)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer
