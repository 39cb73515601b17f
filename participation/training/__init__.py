"""Training: courses, who has completed them, and what an assignment asks for."""
