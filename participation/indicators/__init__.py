"""Indicators: definitions and measurements, and the model's own counts."""
