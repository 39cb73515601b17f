"""Questionnaires: kinds, versions, rounds, answering, totals."""
