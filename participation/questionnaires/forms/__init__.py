"""The shape of what respondents and authors type."""
