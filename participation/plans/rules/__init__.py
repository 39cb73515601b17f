"""Rules of plans."""
