"""A round in random order is called that; "by lot" is said of published draws only."""

from alembic import op

revision = "0031_random_order"
down_revision = "0030_drawn_seats"

ROUNDS, AUTOMATIC = "ck_invitation_rounds_chosen_by_known", "ck_automatic_rounds_chosen_by_known"


def upgrade() -> None:
    with op.batch_alter_table("automatic_rounds") as batch:
        batch.drop_constraint(op.f(AUTOMATIC), type_="check")
    with op.batch_alter_table("invitation_rounds") as batch:
        batch.drop_constraint(op.f(ROUNDS), type_="check")
        batch.create_check_constraint(
            op.f(ROUNDS), "chosen_by IN ('hand','lottery','shuffle','turn')"
        )
    op.execute(
        "UPDATE invitation_rounds SET chosen_by = 'shuffle' WHERE chosen_by = 'lottery' AND EXISTS "
        "(SELECT 1 FROM automatic_rounds a WHERE a.activity_id = invitation_rounds.activity_id "
        "AND a.chosen_by = 'lottery' AND a.reason = invitation_rounds.reason)"
    )
    op.execute("UPDATE automatic_rounds SET chosen_by = 'shuffle' WHERE chosen_by = 'lottery'")
    with op.batch_alter_table("automatic_rounds") as batch:
        batch.create_check_constraint(op.f(AUTOMATIC), "chosen_by IN ('turn','shuffle')")


def downgrade() -> None:
    with op.batch_alter_table("automatic_rounds") as batch:
        batch.drop_constraint(op.f(AUTOMATIC), type_="check")
    op.execute("UPDATE automatic_rounds SET chosen_by = 'lottery' WHERE chosen_by = 'shuffle'")
    op.execute("UPDATE invitation_rounds SET chosen_by = 'lottery' WHERE chosen_by = 'shuffle'")
    with op.batch_alter_table("invitation_rounds") as batch:
        batch.drop_constraint(op.f(ROUNDS), type_="check")
        batch.create_check_constraint(op.f(ROUNDS), "chosen_by IN ('hand','lottery','turn')")
    with op.batch_alter_table("automatic_rounds") as batch:
        batch.create_check_constraint(op.f(AUTOMATIC), "chosen_by IN ('lottery','turn')")
