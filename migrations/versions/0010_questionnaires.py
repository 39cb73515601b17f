"""The tables of questionnaires."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_questionnaires"
down_revision = "0009_coding"


def upgrade() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("key", name=op.f("uq_questionnaires_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_questionnaires_public_id")),
    )
    op.create_table(
        "survey_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_series")),
        sa.UniqueConstraint("key", name=op.f("uq_survey_series_key")),
    )
    op.create_table(
        "questionnaire_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "layout", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_questionnaire_versions_questionnaire_id_questionnaires"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_versions")),
        sa.UniqueConstraint(
            "questionnaire_id",
            "number",
            name=op.f("uq_questionnaire_versions_questionnaire_id_number"),
        ),
    )
    op.create_table(
        "survey_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(length=40), nullable=True),
        sa.Column("wave_label", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column(
            "audience", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("results_on", sa.String(length=200), nullable=False),
        sa.Column("secrecy_provision", sa.String(length=300), nullable=False),
        sa.Column("response_count", sa.Integer(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "opens_at < closes_at", name=op.f("ck_survey_rounds_opens_before_closing")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["cooperation_agreements.id"],
            name=op.f("fk_survey_rounds_agreement_id_cooperation_agreements"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_survey_rounds_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["survey_series.id"],
            name=op.f("fk_survey_rounds_series_id_survey_series"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_survey_rounds_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_versions.id"],
            name=op.f("fk_survey_rounds_version_id_questionnaire_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_rounds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_survey_rounds_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_survey_rounds_slug")),
    )
    with op.batch_alter_table("survey_rounds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_rounds_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_survey_rounds_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_rounds_series_id"), ["series_id"], unique=False)
        batch_op.create_index(
            "ix_survey_rounds_state_closes_at", ["state", "closes_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_survey_rounds_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_survey_rounds_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "access_tokens",
        sa.Column("hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("is_spent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_access_tokens_round_id_survey_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_access_tokens_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_access_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_tokens_round_id"), ["round_id"], unique=False)

    op.create_table(
        "response_drafts",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["survey_rounds.id"],
            name=op.f("fk_response_drafts_round_id_survey_rounds"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_drafts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("response_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_drafts_round_id"), ["round_id"], unique=False)

    op.create_table(
        "responses",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("answered_week", sa.Integer(), nullable=False),
        sa.Column("respondent_role", sa.String(length=20), nullable=False),
        sa.Column("answers_for", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column(
            "numbers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_responses_round_id_survey_rounds")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_responses_unit_id_units")),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_responses")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index(
            "ix_responses_round_id_unit_id", ["round_id", "unit_id"], unique=False
        )

    op.create_table(
        "waiting_responses",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["survey_rounds.id"],
            name=op.f("fk_waiting_responses_round_id_survey_rounds"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_responses")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("waiting_responses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiting_responses_round_id"), ["round_id"], unique=False
        )

    op.create_table(
        "response_texts",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("response_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question_key", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "response_id"],
            ["responses.round_id", "responses.id"],
            name=op.f("fk_response_texts_round_id_response_id_responses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "round_id", "response_id", "question_key", name=op.f("pk_response_texts")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("response_texts")
    with op.batch_alter_table("waiting_responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_responses_round_id"))

    op.drop_table("waiting_responses")
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index("ix_responses_round_id_unit_id")

    op.drop_table("responses")
    with op.batch_alter_table("response_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_drafts_round_id"))

    op.drop_table("response_drafts")
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_tokens_round_id"))

    op.drop_table("access_tokens")
    with op.batch_alter_table("survey_rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_rounds_version_id"))
        batch_op.drop_index(batch_op.f("ix_survey_rounds_unit_id"))
        batch_op.drop_index("ix_survey_rounds_state_closes_at")
        batch_op.drop_index(batch_op.f("ix_survey_rounds_series_id"))
        batch_op.drop_index(batch_op.f("ix_survey_rounds_area_id"))
        batch_op.drop_index(batch_op.f("ix_survey_rounds_agreement_id"))

    op.drop_table("survey_rounds")
    op.drop_table("questionnaire_versions")
    op.drop_table("survey_series")
    op.drop_table("questionnaires")
