"""The Polis method as it stands, for comparison with our own grouping (`draw`).

Polis's picture depends on the order in which people came and on its own history; that is kept here, because it is
the method. Two things differ from Polis in production, both so that a result can be repeated: the power iteration
starts from fixed vectors and the sign of an axis follows a rule; and large conversations get the same exact iteration,
not its unseeded sampling. Its production limits (100,000 people, 10,000 statements) are not imposed.
"""

from kurak.engines.opinion.polis.picture import Polis, polis

__all__ = ["Polis", "polis"]
