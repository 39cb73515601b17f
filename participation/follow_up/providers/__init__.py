"""What follow-up hears of, and what other floors show of it."""
