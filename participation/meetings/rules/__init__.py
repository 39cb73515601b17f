"""States, codes, words of consent and the result of meetings. Pure."""
