"""Loading rates and agreements from the county file; nothing that is missing is ever deleted."""

from typing import Any

from sqlalchemy.orm import Session

from participation.assignments.models import AgreementTemplate, BaseAmount, RateRow, RateTable
from participation.assignments.rules import agreement_file, rate_file
from participation.assignments.rules.agreement_file import TemplateFacts
from participation.assignments.rules.rate_file import BaseAmountFacts, RateTableFacts
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node
from participation.county.services import SectionCounts, Upsert


class BaseAmountsSection:
    """`base_amounts:` of the county file."""

    name = "base_amounts"
    shapes = (rate_file.BASE_AMOUNT,)

    def read(self, section: Node, known: KnownKeys) -> list[BaseAmountFacts]:
        return rate_file.read_base_amounts(section)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        amounts: list[BaseAmountFacts] = content or []
        upsert = Upsert(session, layer, BaseAmount, (BaseAmount.year,))
        return upsert.put_all(vars(amount) for amount in amounts)


class RatesSection:
    """`compensation_rates:` of the county file."""

    name = "compensation_rates"
    shapes = (rate_file.RATE_TABLE, rate_file.RATE)

    def read(self, section: Node, known: KnownKeys) -> list[RateTableFacts]:
        return rate_file.read_rate_tables(section)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        tables: list[RateTableFacts] = content or []
        upsert = Upsert(session, layer, RateTable, (RateTable.key,))
        rates = Upsert(session, layer, RateRow, (RateRow.rate_table_id, RateRow.kind))
        for table in tables:
            columns = {k: v for k, v in vars(table).items() if k != "rates"}
            row = upsert.put(**columns)
            for position, rate in enumerate(table.rates, 1):
                rates.put(rate_table_id=row.id, position=position, **vars(rate))
        counts = upsert.retire_rest()
        counts += rates.retire_rest()
        return counts


class AgreementsSection:
    """`assignment_agreements:` of the county file."""

    name = "assignment_agreements"
    shapes = agreement_file.SHAPES

    def read(self, section: Node, known: KnownKeys) -> list[TemplateFacts]:
        return agreement_file.read_agreements(section)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        templates: list[TemplateFacts] = content or []
        upsert = Upsert(session, layer, AgreementTemplate, (AgreementTemplate.key,))
        return upsert.put_all(vars(template) for template in templates)
