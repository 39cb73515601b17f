"""The newsletter: who asked for it, its issues, and to whom each has gone."""

import sqlalchemy as sa
from alembic import op

revision = "0091_newsletter"
down_revision = "0090_indicator_register"


def upgrade() -> None:
    op.create_table(
        "newsletter_subscribers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_index", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_subscribers")),
        sa.UniqueConstraint("email_index", name=op.f("uq_newsletter_subscribers_email_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_newsletter_subscribers_public_id")),
    )
    op.create_table(
        "newsletter_issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("greeting", sa.Text(), nullable=False),
        sa.Column("news_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("news_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("correction", sa.String(1000), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_newsletter_issues_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_issues")),
        sa.UniqueConstraint("number", name=op.f("uq_newsletter_issues_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_newsletter_issues_public_id")),
    )
    op.create_table(
        "newsletter_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(10), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["newsletter_issues.id"], name=op.f("fk_newsletter_items_issue_id_newsletter_issues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_items")),
        sa.UniqueConstraint("public_id", name=op.f("uq_newsletter_items_public_id")),
    )
    op.create_index("ix_newsletter_items_issue", "newsletter_items", ["issue_id", "position"])
    op.create_table(
        "newsletter_deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["newsletter_issues.id"], name=op.f("fk_newsletter_deliveries_issue_id_newsletter_issues")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["newsletter_subscribers.id"], name=op.f("fk_newsletter_deliveries_subscriber_id_newsletter_subscribers"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_deliveries")),
        sa.UniqueConstraint("issue_id", "subscriber_id", name=op.f("uq_newsletter_deliveries_issue_id_subscriber_id")),
    )
    op.create_index(op.f("ix_newsletter_deliveries_subscriber_id"), "newsletter_deliveries", ["subscriber_id"])


def downgrade() -> None:
    """Who asked for the newsletter and what was sent is lost."""
    op.drop_table("newsletter_deliveries")
    op.drop_table("newsletter_items")
    op.drop_table("newsletter_issues")
    op.drop_table("newsletter_subscribers")
