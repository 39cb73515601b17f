"""The coordinator's side of the bank: saved searches, notes, suspected pairs, imports, letters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021_bank_coordinators"
down_revision = "0020_activities_complete"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "bank_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("headings", JSON, nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("skipped_count", sa.Integer(), nullable=False),
        sa.Column("wrong_count", sa.Integer(), nullable=False),
        sa.Column("consent", sa.String(length=8), nullable=True),
        sa.Column("consent_reason", sa.Text(), nullable=True),
        sa.Column("confirm_days", sa.Integer(), nullable=True),
        sa.Column("job_public_id", sa.String(length=12), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "consent IN ('invite','paper')", name=op.f("ck_bank_imports_consent_known")
        ),
        sa.CheckConstraint(
            "state IN ('uploaded','checked','unreadable','running','done','undone','dropped')",
            name=op.f("ck_bank_imports_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_bank_imports_created_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_imports_public_id")),
    )
    with op.batch_alter_table("bank_imports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_imports_created_by_account_id"),
            ["created_by_account_id"],
            unique=False,
        )

    op.create_table(
        "bank_saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_account_id"],
            ["accounts.id"],
            name=op.f("fk_bank_saved_searches_owner_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_saved_searches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_saved_searches_public_id")),
    )
    with op.batch_alter_table("bank_saved_searches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_saved_searches_owner_account_id"),
            ["owner_account_id"],
            unique=False,
        )

    op.create_table(
        "bank_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_how", sa.String(length=12), nullable=True),
        sa.Column("told_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "told_how IN ('called','posted','not_needed')",
            name=op.f("ck_bank_letters_told_how_known"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_letters_member_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["told_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_bank_letters_told_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_letters")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_letters_public_id")),
    )
    with op.batch_alter_table("bank_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_letters_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_bank_letters_told_at_id", ["told_at", "id"], unique=False)

    op.create_table(
        "bank_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("author_account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_account_id"],
            ["accounts.id"],
            name=op.f("fk_bank_notes_author_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_notes_member_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_notes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_notes_public_id")),
    )
    with op.batch_alter_table("bank_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_notes_author_account_id"), ["author_account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bank_notes_member_id"), ["member_id"], unique=False)

    op.create_table(
        "bank_suspected_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "decision IN ('not_same','merged')", name=op.f("ck_bank_suspected_pairs_decision_known")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_bank_suspected_pairs_decided_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_suspected_pairs_first_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_suspected_pairs_second_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_suspected_pairs")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_bank_suspected_pairs_first_id_second_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_suspected_pairs_public_id")),
    )
    with op.batch_alter_table("bank_suspected_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_suspected_pairs_second_id"), ["second_id"], unique=False
        )

    with op.batch_alter_table("bank_consents", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("given_how", sa.String(length=8), nullable=False, server_default="web")
        )
        batch_op.add_column(sa.Column("recorded_by_account_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_bank_consents_recorded_by_account_id_accounts"),
            "accounts",
            ["recorded_by_account_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_bank_consents_given_how_known"),
            "given_how IN ('web','phone','paper','import')",
        )

    with op.batch_alter_table("bank_members", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", sa.String(length=8), nullable=False, server_default="web")
        )
        batch_op.add_column(sa.Column("name_index", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("last_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_bank_members_created_at_id", ["created_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bank_members_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bank_members_last_asked_at"), ["last_asked_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_bank_members_name_index"), ["name_index"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_bank_members_import_id_bank_imports"),
            "bank_imports",
            ["import_id"],
            ["id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_bank_members_merged_into_id_bank_members"),
            "bank_members",
            ["merged_into_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_bank_members_source_known"), "source IN ('web','phone','paper','import')"
        )
    op.execute(
        "UPDATE bank_members SET last_asked_at = (SELECT max(i.created_at) FROM invitations i "
        "WHERE i.member_id = bank_members.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("bank_members", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bank_members_source_known"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_bank_members_merged_into_id_bank_members"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_bank_members_import_id_bank_imports"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_bank_members_name_index"))
        batch_op.drop_index(batch_op.f("ix_bank_members_last_asked_at"))
        batch_op.drop_index(batch_op.f("ix_bank_members_import_id"))
        batch_op.drop_index("ix_bank_members_created_at_id")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("import_id")
        batch_op.drop_column("last_asked_at")
        batch_op.drop_column("name_index")
        batch_op.drop_column("source")

    with op.batch_alter_table("bank_consents", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bank_consents_given_how_known"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_bank_consents_recorded_by_account_id_accounts"), type_="foreignkey"
        )
        batch_op.drop_column("recorded_by_account_id")
        batch_op.drop_column("given_how")

    with op.batch_alter_table("bank_suspected_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_suspected_pairs_second_id"))

    op.drop_table("bank_suspected_pairs")
    with op.batch_alter_table("bank_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_notes_member_id"))
        batch_op.drop_index(batch_op.f("ix_bank_notes_author_account_id"))

    op.drop_table("bank_notes")
    with op.batch_alter_table("bank_letters", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_letters_told_at_id")
        batch_op.drop_index(batch_op.f("ix_bank_letters_member_id"))

    op.drop_table("bank_letters")
    with op.batch_alter_table("bank_saved_searches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_saved_searches_owner_account_id"))

    op.drop_table("bank_saved_searches")
    with op.batch_alter_table("bank_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_imports_created_by_account_id"))

    op.drop_table("bank_imports")
