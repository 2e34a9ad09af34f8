"""Engines: arrays in, frozen results out. No Django, no clock, no files, no unseeded randomness."""
