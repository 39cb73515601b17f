"""Reads of the newsletter."""
