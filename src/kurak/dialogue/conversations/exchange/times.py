"""Times as the openData layout writes them: milliseconds, and a text in the exporter's zone. Loads no Django."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import timegm
from collections.abc import Iterable
from time import gmtime

UNKNOWN = -1  # the files do not say when
LAST = 253402300800000  # the year 10000, in milliseconds
DAY = 86_400_000
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TEXT = re.compile(r"(?:\w{3}) (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) (\S{1,8}) (\d{4})", re.ASCII)

type Run = tuple[int, str, int]  # from this millisecond on: the zone's short name, seconds east of Greenwich
UTC: tuple[Run, ...] = ((0, "UTC", 0),)


def written(at: int, zone: str, offset: int) -> str:
    """A moment as text.

    >>> written(1500232652930, "WIB", 25200)
    'Mon Jul 17 02:17:32 WIB 2017'
    """
    t = gmtime(at // 1000 + offset)
    clock = f"{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02}"
    return f"{DAYS[t.tm_wday]} {MONTHS[t.tm_mon - 1]} {t.tm_mday:02} {clock} {zone} {t.tm_year:04}"


class Calendar:
    """Writes moments as text, each in the zone that held then."""

    def __init__(self, runs: Iterable[Run] = UTC) -> None:
        self.runs: list[Run] = list(runs) or list(UTC)
        self.starts = [start for start, _zone, _offset in self.runs]

    def write(self, at: int) -> str:
        if at == UNKNOWN:
            return ""
        _start, zone, offset = self.runs[max(bisect_right(self.starts, at) - 1, 0)]
        return written(at, zone, offset)


def zone_of(at: int, text: str) -> tuple[str, int] | None:
    """The zone in which the text tells that moment, if it does.

    >>> zone_of(1500232652930, "Mon Jul 17 02:17:32 WIB 2017")
    ('WIB', 25200)
    """
    match = TEXT.fullmatch(text)
    if match is None or match[1] not in MONTHS:
        return None
    month, day, hour, minute, second, year = MONTHS.index(match[1]) + 1, *map(int, match.group(2, 3, 4, 5, 7))
    offset = timegm((year, month, day, hour, minute, second)) - at // 1000
    return (match[6], offset) if abs(offset) <= 15 * 3600 and written(at, match[6], offset) == text else None
