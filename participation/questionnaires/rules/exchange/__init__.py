"""Questionnaires from and for other programs: XLSForm workbooks and FHIR R4 resources. Pure."""
