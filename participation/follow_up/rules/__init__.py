"""Rules of follow-up: the shape of plans, states of plan actions, series with breaks."""
