"""The end of an assessment: the panel decides, the organisation consents, the profile is published, and expires."""
