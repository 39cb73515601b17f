"""Writes of follow-up."""
