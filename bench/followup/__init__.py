"""Figures of follow-up: `make bench-followup`, or `python -m bench.followup --only NAME`."""
