"""Coding in files that other programs read: REFI-QDA projects (QDPX) and codebooks (QDC). Pure.

Source: QDA-XML 1.0 (Rotterdam Exchange Format Initiative, 18 March 2019); ANALYSIS, interchange.
"""

from participation.coding.rules.exchange.plans import PlannedCode, PlannedTheme, planned
from participation.coding.rules.exchange.reading import read_codebook, read_project
from participation.coding.rules.exchange.safely import UnreadableProject
from participation.coding.rules.exchange.shapes import (
    LeftOut,
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaSet,
    QdaText,
    QdaUser,
)
from participation.coding.rules.exchange.writing import write_codebook, write_project

__all__ = [
    "LeftOut",
    "PlannedCode",
    "PlannedTheme",
    "QdaCode",
    "QdaCoding",
    "QdaProject",
    "QdaSet",
    "QdaText",
    "QdaUser",
    "UnreadableProject",
    "planned",
    "read_codebook",
    "read_project",
    "write_codebook",
    "write_project",
]
