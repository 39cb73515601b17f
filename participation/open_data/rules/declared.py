"""Every dataset, declared once. The code that reads, the OpenAPI document, the catalogue and the
page are all made from this list.
"""

from participation.open_data.rules.declared_voices import (
    AUDITS,
    FINDINGS,
    MATTERS,
    OPEN_NOW,
    QUOTES,
    RESULT_CELLS,
    RESULTS,
    SURVEYS,
)
from participation.open_data.rules.declared_work import (
    AREAS,
    COUNTS,
    GROUPS,
    INDICATORS,
    MEASUREMENTS,
    MUNICIPALITIES,
    PERSPECTIVES,
    PLAN_LINES,
    PLANS,
)
from participation.open_data.rules.resources import Resource

RESOURCES: tuple[Resource, ...] = (
    FINDINGS,
    QUOTES,
    RESULTS,
    RESULT_CELLS,
    MATTERS,
    PLANS,
    PLAN_LINES,
    INDICATORS,
    MEASUREMENTS,
    COUNTS,
    AUDITS,
    SURVEYS,
    OPEN_NOW,
    GROUPS,
    AREAS,
    MUNICIPALITIES,
    PERSPECTIVES,
)
BY_KEY = {resource.key: resource for resource in RESOURCES}
