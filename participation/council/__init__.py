"""The development council: seats, representations, meetings, and statements that want an answer."""
