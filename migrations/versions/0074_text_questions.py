"""A text says which question it answers; what was taken in before keeps its words as they stand.

Interviews that are here already hold the questions inside their words. Those stay: the places of
codes and of hidden words count from them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0074_text_questions"
down_revision = "0073_asked_words"


def upgrade() -> None:
    with op.batch_alter_table("material_texts") as batch_op:
        batch_op.add_column(sa.Column("question", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("material_texts") as batch_op:
        batch_op.drop_column("question")
