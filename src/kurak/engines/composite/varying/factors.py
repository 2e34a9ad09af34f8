"""The factors of uncertainty that a declaration lists, read against its nodes and leaves: what may vary, and how.

Every factor draws from columns of numbers in [0, 1): one column for a choice among ways, one for each weight. That one
form serves random draws, evenly spread ones and screening alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration, Factor
from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.problems import Problem, Undeclarable
from kurak.engines.composite.varying.choosing import STAGES, Choosing, Joint, choosing
from kurak.engines.composite.varying.drawn import Drawn
from kurak.engines.composite.varying.erring import Erring, erring
from kurak.engines.composite.varying.including import Including, including
from kurak.engines.composite.varying.tree import Tree
from kurak.engines.composite.varying.weighing import Weighing, weighing

type Floats = NDArray[np.float64]
type Part = Choosing | Joint | Weighing | Including | Erring

KINDS: Mapping[str, Callable[[Reading, Path, str, Mapping[str, Any], Tree], tuple[Part, ...]]] = {
    "weights": weighing,
    "include": including,
    "error": erring,
    **{stage: choosing(stage) for stage in STAGES},
}
ALREADY = "Name the leaves or nodes of each with `of`, so that none is in two factors"


@dataclass(frozen=True, slots=True)
class Group:
    """A factor as it is drawn and reported: its name and its parts."""

    name: str
    parts: tuple[Part, ...]

    @property
    def columns(self) -> int:
        return sum(part.columns for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """All factors, in order. excluded: the combinations that are never drawn, in words."""

    groups: tuple[Group, ...]
    excluded: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.groups)

    @property
    def columns(self) -> int:
        return sum(group.columns for group in self.groups)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part, those of joint choices one by one."""
        each = [part for group in self.groups for part in group.parts]
        return tuple(part for one in each for part in (one.of if isinstance(one, Joint) else (one,)))

    @property
    def pools(self) -> frozenset[str]:
        """Choices of an expert: they only choose weights."""
        return frozenset(part.name for part in self.parts if isinstance(part, Weighing))

    def drawn(self, u: Floats) -> Drawn:
        """What each of the rows u (draws, columns), in [0, 1), stands for."""
        found, start = Drawn(), 0
        for group in self.groups:
            for part in group.parts:
                part.draw(u[:, start : start + part.columns], found)
                start += part.columns
        return found

    def only(self, names: Iterable[str]) -> Plan:
        """These factors; the others stay as declared."""
        kept = set(names)
        return Plan(tuple(group for group in self.groups if group.name in kept), self.excluded)


def planned(declaration: Declaration) -> Plan:
    """The factors of a declaration. Raises Undeclarable with all that is wrong with them, before anything is run."""
    reading = Reading()
    plan = _planned(reading, declaration)
    if reading.problems:
        raise Undeclarable(reading.problems)
    return plan


def checked(declaration: Declaration) -> tuple[Problem, ...]:
    """What is wrong with the factors of a declaration: names of nothing, unknown methods, settings out of range."""
    reading = Reading()
    _planned(reading, declaration)
    return tuple(reading.problems)


def _planned(read: Reading, declaration: Declaration) -> Plan:
    tree, groups = Tree(declaration), list[Group]()
    taken: dict[tuple[str, str], str] = {}
    for place, factor in enumerate(declaration.factors):
        path: Path = ("uncertainty", place)
        name = _name(read, path, factor, {group.name for group in groups})
        if factor.kind not in KINDS:
            read.unknown((*path, factor.kind), "factor.kind", f"there is no factor {factor.kind!r}", KINDS)
            continue
        settings = {key: value for key, value in factor.settings.items() if key != "name"}
        parts = KINDS[factor.kind](read, path, name, settings, tree)
        for thing in dict.fromkeys(each for part in parts for each in part.touches):
            if thing in taken:
                said = f"{thing[1]!r} is varied by {taken[thing]!r} already"
                read.wrong((*path, "of"), "factor.twice", said, ALREADY)
            taken.setdefault(thing, name)
        groups.append(Group(name, parts))
    return _without_excluded(read, declaration.excluded, groups)


def _name(read: Reading, path: Path, factor: Factor, taken: set[str]) -> str:
    name = read.text((*path, "name"), factor.settings.get("name", factor.kind))
    if name in taken:
        read.wrong((*path, "name"), "factor.name", f"two factors are called {name!r}", "Give each a name: of its own")
    return name


def _without_excluded(read: Reading, excluded: tuple[Mapping[str, Any], ...], groups: list[Group]) -> Plan:
    """Choices that an exclusion ties together are drawn together, from the combinations that are left."""
    rules = [(("excluded", place), read.mapping(("excluded", place), each)) for place, each in enumerate(excluded)]
    found: list[tuple[dict[str, int], ...]] = []
    single = {
        group.name: group.parts[0]
        for group in groups
        if len(group.parts) == 1 and isinstance(group.parts[0], Choosing) and group.columns == 1
    }
    for path, rule in rules:
        found.append(_places(read, path, rule, single))
    joint: list[set[str]] = []
    for combinations in found:
        names = {name for each in combinations for name in each}
        touching = [other for other in joint if other & names]
        joint = [other for other in joint if not other & names] + [names.union(*touching)]
    done: list[Group] = []
    listed: list[str] = []
    for group in groups:
        bound = next((names for names in joint if group.name in names), None)
        if bound is None:
            done.append(group)
        elif group.name == next(each.name for each in groups if each.name in bound):
            parts = tuple(single[each.name] for each in groups if each.name in bound)
            never = [each for combinations in found for each in combinations if set(each) <= bound]
            one = Joint(" × ".join(part.name for part in parts), parts, tuple(never))
            listed += one.refused
            if not one.allowed:
                read.wrong(("excluded",), "factor.excluded", "every combination is excluded", "Take an exclusion out")
            done.append(Group(one.name, (one,)))
    return Plan(tuple(done), tuple(listed))


def _places(
    read: Reading, path: Path, rule: Mapping[str, Any], single: Mapping[str, Choosing]
) -> tuple[dict[str, int], ...]:
    """The combinations that a rule means, {factor: place of its option}."""
    if len(rule) < 2:
        remedy = "Name at least two factors; an option that is never wanted is left out of `among`"
        read.wrong(path, "factor.excluded", "the exclusion does not combine factors", remedy)
        return ()
    meant: list[dict[str, int]] = [{}]
    for name, option in rule.items():
        if name not in single:
            said = f"there is no factor {name!r} that chooses one of several ways"
            read.unknown((*path, name), "factor.excluded", said, single)
            return ()
        places = [place for place, each in enumerate(single[name].options) if each.is_meant(option)]
        if not places:
            read.unknown(
                (*path, name, str(option)),
                "factor.excluded",
                f"{name!r} does not vary over {option!r}",
                [each.name for each in single[name].options],
            )
            return ()
        meant = [{**each, name: place} for each in meant for place in places]
    return tuple(meant)
