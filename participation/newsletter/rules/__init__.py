"""Rules of the newsletter."""
