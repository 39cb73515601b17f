"""Assignments: agreement, conflict of interest, and compensation for the work."""
