"""Sent statements for the search index. Public."""

from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.council.models import Statement
from participation.council.queries.statements import sent_statements
from participation.foundation.providers import Address, SearchDocument

SEARCH_SOURCE = "statement"


def statement_documents(session: Session) -> list[SearchDocument]:
    """Sent statements for the search index: public."""
    return [
        statement_document(line.statement, line.commitment) for line in sent_statements(session)
    ]


def statement_document(statement: Statement, commitment: Commitment | None) -> SearchDocument:
    """One sent statement as the search index knows it, with the answer once there is one."""
    answer = commitment.answer_text if commitment is not None else ""
    return SearchDocument(
        source=SEARCH_SOURCE,
        object_id=statement.public_id,
        title=statement.title,
        body=f"{statement.text} {answer} {statement.follow_up_text}".strip(),
        address=Address(endpoint="council.statement", values={"public_id": statement.public_id}),
    )
