"""From totals and coded words to published findings, through the disclosure gate."""
