"""Answers can be taken out as FHIR resources too."""

from alembic import op

revision = "0037_fhir_answers"
down_revision = "0036_paper"

KNOWN = "ck_answer_exports_format_known"


def upgrade() -> None:
    with op.batch_alter_table("answer_exports") as batch:
        batch.drop_constraint(op.f(KNOWN), type_="check")
        batch.create_check_constraint(op.f(KNOWN), "file_format IN ('csv','xlsx','ndjson')")


def downgrade() -> None:
    op.execute("DELETE FROM answer_export_pieces WHERE export_id IN "
               "(SELECT id FROM answer_exports WHERE file_format = 'ndjson')")
    op.execute("DELETE FROM answer_exports WHERE file_format = 'ndjson'")
    with op.batch_alter_table("answer_exports") as batch:
        batch.drop_constraint(op.f(KNOWN), type_="check")
        batch.create_check_constraint(op.f(KNOWN), "file_format IN ('csv','xlsx')")
