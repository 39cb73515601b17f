"""Writes of the newsletter."""
