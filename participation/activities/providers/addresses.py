"""Where the things that other pages show are found."""

from participation.activities.models import ParticipationRequest
from participation.activities.queries import OwnInvitation
from participation.activities.rules.tokens import invitation_token
from participation.foundation.providers import Address


def request_address(request: ParticipationRequest) -> Address:
    return Address(endpoint="requests.request_page", values={"public_id": request.public_id})


def people_address(page: str, public_id: str) -> Address:
    return Address(endpoint=f"activities.{page}", values={"public_id": public_id})


def invitation_address(invitation: OwnInvitation) -> Address:
    token = invitation_token(invitation.public_id)
    return Address(endpoint="invitations.invitation", values={"token": token})
