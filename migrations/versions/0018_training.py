"""Courses, who has completed them, who wants to be told; what a training teaches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_training"
down_revision = "0017_young_people"


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.String(length=500), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column(
            "required_for", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_courses_hours_positive")),
        sa.CheckConstraint(
            "valid_months IS NULL OR valid_months > 0", name=op.f("ck_courses_months_positive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("key", name=op.f("uq_courses_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_courses_public_id")),
    )
    op.create_table(
        "course_completions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("activity_public_id", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by_account_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "activity_public_id IS NOT NULL OR reason <> ''",
            name=op.f("ck_course_completions_has_an_occasion_or_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_course_completions_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_completions_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_course_completions_recorded_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_completions")),
        sa.UniqueConstraint(
            "course_id",
            "account_id",
            "completed_on",
            name=op.f("uq_course_completions_course_id_account_id_completed_on"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_course_completions_public_id")),
    )
    with op.batch_alter_table("course_completions") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_completions_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            "ix_course_completions_course_id_valid_until",
            ["course_id", "valid_until"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_course_completions_recorded_by_account_id"),
            ["recorded_by_account_id"],
            unique=False,
        )

    op.create_table(
        "course_interests",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_course_interests_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_interests_course_id_courses")
        ),
        sa.PrimaryKeyConstraint("course_id", "account_id", name=op.f("pk_course_interests")),
    )
    with op.batch_alter_table("course_interests") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_interests_account_id"), ["account_id"], unique=False
        )

    with op.batch_alter_table("activities") as batch_op:
        batch_op.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_activities_course_id"), ["course_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_activities_course_id_courses"), "courses", ["course_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("activities") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_activities_course_id_courses"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_activities_course_id"))
        batch_op.drop_column("course_id")
    op.drop_table("course_interests")
    op.drop_table("course_completions")
    op.drop_table("courses")
