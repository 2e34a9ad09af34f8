"""Learns from the rows of a file which zone held when, so that the text of a time need not be kept for every row."""

from __future__ import annotations

from array import array

import numpy as np

from kurak.dialogue.conversations.exchange.remainder import Sheet
from kurak.dialogue.conversations.exchange.times import UNKNOWN, Calendar, Run, written, zone_of


class ZoneLearner:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.dated = "datetime" in sheet.columns
        self.names: list[str] = []
        self.offsets: dict[str, int] = {}
        self.row, self.moment, self.name = array("q"), array("q"), array("b")
        self.odd: dict[int, str] = {}  # texts that no zone explains

    def learn(self, row: int, moment: int, text: str) -> None:
        name = text[20:-5]
        if moment != UNKNOWN and name not in self.offsets and (zone := zone_of(moment, text)):
            self.offsets[zone[0]] = zone[1]
            self.names.append(zone[0])
        if moment == UNKNOWN or name not in self.offsets or written(moment, name, self.offsets[name]) != text:
            self.odd[row] = text
            return
        self.row.append(row)
        self.moment.append(moment)
        self.name.append(self.names.index(name))

    def finish(self) -> None:
        """Keep the zones in the sheet, and the texts that they do not explain."""
        if not self.dated:
            return
        self.sheet.zones = self._runs() or self.sheet.zones
        calendar = Calendar(self.sheet.zones)
        if len(self.names) > 1:
            for row, moment, code in zip(self.row, self.moment, self.name, strict=True):
                name = self.names[code]
                self.sheet.note(row, "datetime", written(moment, name, self.offsets[name]), calendar.write(moment))
        for row, text in self.odd.items():
            self.sheet.cells.setdefault("datetime", {})[row] = text

    def _runs(self) -> list[Run]:
        """Where the zone changes, in the order of time; the first one holds from the beginning."""
        if not self.names:
            return []
        moment, code = np.array(self.moment), np.array(self.name)
        order = np.argsort(moment, kind="stable")
        starts = [0, *(np.flatnonzero(np.diff(code[order])) + 1).tolist()]
        runs = [(int(moment[order[at]]), self.names[code[order[at]]]) for at in starts]
        runs[0] = (0, runs[0][1])
        return [(start, name, self.offsets[name]) for start, name in runs]
