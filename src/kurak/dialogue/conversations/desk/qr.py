"""A QR code as SVG: one path, no style, nothing from elsewhere."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from qrcode.main import QRCode

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


def svg(link: str, *, title: str) -> SafeString:
    """The code of a link, to be scanned from a wall or a sheet of paper."""
    code = QRCode(border=QUIET)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    size = len(rows)
    return mark_safe(  # noqa: S308 - numbers, and a title that is escaped
        f'<svg viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )
