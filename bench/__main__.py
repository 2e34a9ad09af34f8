"""Side by side with peers: python -m bench."""

from bench import opinion

opinion.main()
