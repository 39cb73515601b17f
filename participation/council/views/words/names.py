"""What people and marks are called inside the council."""

from participation.interest_bank.models import BankMember

Mark = tuple[str, str]  # a shape of the `status` macro, and its words


def inside_name(member: BankMember) -> str:
    """A member's name inside the council; a protected person goes by their code here too."""
    return member.code if member.is_protected or not member.name else member.name
