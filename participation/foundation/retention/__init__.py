"""Destruction (gallring): features say what can go; nothing goes without a recorded decision."""
