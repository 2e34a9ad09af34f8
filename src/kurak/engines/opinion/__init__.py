"""Opinion: votes on short statements in; groups, what unites, what divides, what to ask next out."""

from kurak.engines.opinion.bridging import Bridging, bridging
from kurak.engines.opinion.findings import Finding, Findings, findings
from kurak.engines.opinion.live import Live
from kurak.engines.opinion.maximin import Maximin, maximin
from kurak.engines.opinion.patchwork import Patchwork, patchwork
from kurak.engines.opinion.picture import Picture, Place, Settings, draw, place
from kurak.engines.opinion.proportional import Proportional, approvals, proportional
from kurak.engines.opinion.routing import Objective, Routing, draw_next, route
from kurak.engines.opinion.tally import Tally, tally
from kurak.engines.opinion.votes import AGREE, DISAGREE, PASS, Votes, among, collect

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Bridging",
    "Finding",
    "Findings",
    "Live",
    "Maximin",
    "Objective",
    "Patchwork",
    "Picture",
    "Place",
    "Proportional",
    "Routing",
    "Settings",
    "Tally",
    "Votes",
    "among",
    "approvals",
    "bridging",
    "collect",
    "draw",
    "draw_next",
    "findings",
    "maximin",
    "patchwork",
    "place",
    "proportional",
    "route",
    "tally",
]
