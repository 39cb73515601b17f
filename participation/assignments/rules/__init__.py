"""What compensation is worth, what may happen to a claim, and what makes a personal number."""
