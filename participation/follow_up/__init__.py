"""Follow-up: action plans, indicators, the resident perspective, feedback, the public pages."""
