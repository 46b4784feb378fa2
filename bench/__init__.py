"""Measure how fast the stages work on this machine, and how much memory they take; run it by `make bench`."""
