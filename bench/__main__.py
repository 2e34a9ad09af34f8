"""Side by side with peers: python -m bench, or python -m bench composite for one engine."""

import sys

from bench import composite, indicators, opinion

ENGINES = {"opinion": opinion.main, "composite": composite.main, "indicators": indicators.main}

for name in sys.argv[1:] or ENGINES:
    ENGINES[name]()
