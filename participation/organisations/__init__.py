"""Organisations: who has adopted the participation model, and what user organisations do."""
