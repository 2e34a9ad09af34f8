"""Opinion: votes on short statements in; groups, what unites, what divides, what to ask next out."""

from kurak.engines.opinion.findings import Finding, Findings, findings
from kurak.engines.opinion.maximin import Maximin, maximin
from kurak.engines.opinion.patchwork import Patchwork, patchwork
from kurak.engines.opinion.picture import Picture, Place, Settings, draw, place
from kurak.engines.opinion.routing import Objective, Routing, draw_next, route
from kurak.engines.opinion.tally import Tally, tally
from kurak.engines.opinion.votes import AGREE, DISAGREE, PASS, Votes, collect

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Finding",
    "Findings",
    "Maximin",
    "Objective",
    "Patchwork",
    "Picture",
    "Place",
    "Routing",
    "Settings",
    "Tally",
    "Votes",
    "collect",
    "draw",
    "draw_next",
    "findings",
    "maximin",
    "patchwork",
    "place",
    "route",
    "tally",
]
