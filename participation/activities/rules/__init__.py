"""Pure rules of activities: states and words, burden, seats, calendar files."""
