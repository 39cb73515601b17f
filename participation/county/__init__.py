"""The county as data: who exists, who sits where, what was agreed. From a file, never code."""
