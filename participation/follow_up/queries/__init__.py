"""Reads of follow-up."""
