"""Agreements on assignments, declared ties, rates, compensation claims and payroll."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023_assignments"
down_revision = "0022_council_complete"


def upgrade() -> None:
    op.create_table(
        "agreement_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column(
            "sections", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_templates")),
        sa.UniqueConstraint("layer", "key", name=op.f("uq_agreement_templates_layer_key")),
    )
    op.create_table(
        "base_amounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_ore", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_base_amounts_amount_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_amounts")),
        sa.UniqueConstraint("layer", "year", name=op.f("uq_base_amounts_layer_year")),
    )
    op.create_table(
        "rate_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("claim_days", sa.Integer(), nullable=False),
        sa.Column("number_kept_days", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_tables")),
        sa.UniqueConstraint("layer", "key", name=op.f("uq_rate_tables_layer_key")),
    )
    op.create_index(op.f("ix_rate_tables_valid_from"), "rate_tables", ["valid_from"], unique=False)
    op.create_table(
        "payroll_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=False),
        sa.Column("claim_count", sa.Integer(), nullable=False),
        sa.Column("taxed_ore", sa.Integer(), nullable=False),
        sa.Column("untaxed_ore", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by_account_id", sa.Integer(), nullable=True),
        sa.Column("content_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_payroll_batches_created_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["paid_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_payroll_batches_paid_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_batches")),
        sa.UniqueConstraint("number", name=op.f("uq_payroll_batches_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payroll_batches_public_id")),
    )
    op.create_table(
        "rates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rate_table_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("amount_ore", sa.Integer(), nullable=True),
        sa.Column("percent_thousandths", sa.Integer(), nullable=True),
        sa.Column("cap_ore", sa.Integer(), nullable=True),
        sa.Column("up_to_minutes", sa.Integer(), nullable=True),
        sa.Column("is_taxable", sa.Boolean(), nullable=False),
        sa.Column("needs_proof", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('hour','half_day','full_day','preparation','travel_time','mileage','lost_income','other_cost')",
            name=op.f("ck_rates_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["rate_table_id"], ["rate_tables.id"], name=op.f("fk_rates_rate_table_id_rate_tables")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rates")),
        sa.UniqueConstraint("rate_table_id", "kind", name=op.f("uq_rates_rate_table_id_kind")),
    )
    op.create_table(
        "assignment_agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("template_version", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_digest", sa.String(length=64), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_assignment_agreements_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_assignment_agreements_member_id_bank_members"),
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["agreement_templates.id"],
            name=op.f("fk_assignment_agreements_template_id_agreement_templates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_agreements")),
        sa.UniqueConstraint(
            "activity_id", "member_id", name=op.f("uq_assignment_agreements_activity_id_member_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_assignment_agreements_public_id")),
    )
    op.create_index(
        op.f("ix_assignment_agreements_member_id"),
        "assignment_agreements",
        ["member_id"],
        unique=False,
    )
    op.create_table(
        "assignment_terms",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("needs_agreement", sa.Boolean(), nullable=False),
        sa.Column("needs_declaration", sa.Boolean(), nullable=False),
        sa.Column("gives_compensation", sa.Boolean(), nullable=False),
        sa.Column("extra_text", sa.Text(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_assignment_terms_activity_id_activities"),
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_assignment_terms")),
    )
    op.create_table(
        "compensation_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rate_table_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("attended_minutes", sa.Integer(), nullable=False),
        sa.Column("attended_days", sa.Integer(), nullable=False),
        sa.Column("preparation_minutes", sa.Integer(), nullable=False),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("lost_income_ore", sa.Integer(), nullable=False),
        sa.Column("other_cost_ore", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("payee_name", sa.Text(), nullable=True),
        sa.Column("personal_number", sa.Text(), nullable=True),
        sa.Column("bank_account", sa.Text(), nullable=True),
        sa.Column("details_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taxed_ore", sa.Integer(), nullable=False),
        sa.Column("untaxed_ore", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_account_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('offered','submitted','returned','approved','exported','paid','declined','closed')",
            name=op.f("ck_compensation_claims_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('exported','paid') OR batch_id IS NOT NULL",
            name=op.f("ck_compensation_claims_exported_in_a_batch"),
        ),
        sa.CheckConstraint(
            "taxed_ore >= 0 AND untaxed_ore >= 0",
            name=op.f("ck_compensation_claims_sums_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_compensation_claims_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_compensation_claims_approved_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["payroll_batches.id"],
            name=op.f("fk_compensation_claims_batch_id_payroll_batches"),
        ),
        sa.ForeignKeyConstraint(
            ["filed_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_compensation_claims_filed_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_compensation_claims_member_id_bank_members"),
        ),
        sa.ForeignKeyConstraint(
            ["rate_table_id"],
            ["rate_tables.id"],
            name=op.f("fk_compensation_claims_rate_table_id_rate_tables"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compensation_claims")),
        sa.UniqueConstraint(
            "activity_id", "member_id", name=op.f("uq_compensation_claims_activity_id_member_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_compensation_claims_public_id")),
    )
    op.create_index(
        op.f("ix_compensation_claims_batch_id"), "compensation_claims", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_compensation_claims_closes_on"), "compensation_claims", ["closes_on"], unique=False
    )
    op.create_index(
        op.f("ix_compensation_claims_member_id"), "compensation_claims", ["member_id"], unique=False
    )
    op.create_index(
        "ix_compensation_claims_state_id", "compensation_claims", ["state", "id"], unique=False
    )
    op.create_table(
        "conflict_declarations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("has_ties", sa.Boolean(), nullable=False),
        sa.Column("ties", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('fine','with_limits','not_for_this')",
            name=op.f("ck_conflict_declarations_decision_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_conflict_declarations_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_conflict_declarations_decided_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_conflict_declarations_member_id_bank_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declarations")),
        sa.UniqueConstraint(
            "activity_id", "member_id", name=op.f("uq_conflict_declarations_activity_id_member_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_conflict_declarations_public_id")),
    )
    op.create_index(
        op.f("ix_conflict_declarations_member_id"),
        "conflict_declarations",
        ["member_id"],
        unique=False,
    )
    op.create_table(
        "claim_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("claimed_ore", sa.Integer(), nullable=False),
        sa.Column("amount_ore", sa.Integer(), nullable=False),
        sa.Column("is_taxable", sa.Boolean(), nullable=False),
        sa.Column("is_capped", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_ore >= 0", name=op.f("ck_claim_lines_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["compensation_claims.id"],
            name=op.f("fk_claim_lines_claim_id_compensation_claims"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_lines")),
        sa.UniqueConstraint("claim_id", "kind", name=op.f("uq_claim_lines_claim_id_kind")),
    )


def downgrade() -> None:
    op.drop_table("claim_lines")
    op.drop_index(op.f("ix_conflict_declarations_member_id"), table_name="conflict_declarations")
    op.drop_table("conflict_declarations")
    op.drop_index("ix_compensation_claims_state_id", table_name="compensation_claims")
    op.drop_index(op.f("ix_compensation_claims_member_id"), table_name="compensation_claims")
    op.drop_index(op.f("ix_compensation_claims_closes_on"), table_name="compensation_claims")
    op.drop_index(op.f("ix_compensation_claims_batch_id"), table_name="compensation_claims")
    op.drop_table("compensation_claims")
    op.drop_table("assignment_terms")
    op.drop_index(op.f("ix_assignment_agreements_member_id"), table_name="assignment_agreements")
    op.drop_table("assignment_agreements")
    op.drop_table("rates")
    op.drop_table("payroll_batches")
    op.drop_index(op.f("ix_rate_tables_valid_from"), table_name="rate_tables")
    op.drop_table("rate_tables")
    op.drop_table("base_amounts")
    op.drop_table("agreement_templates")
