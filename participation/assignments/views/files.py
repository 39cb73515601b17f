"""Receipts as they come with a form: kept at once, so that an error elsewhere loses none."""

from participation.assignments.forms import ClaimForm
from participation.assignments.models import CompensationClaim
from participation.assignments.rules.rates import RateKind
from participation.assignments.rules.states import MOST_FILES
from participation.assignments.services import ProofMissing, TooManyFiles, attach_receipt
from participation.foundation.files import UnsafeFile
from participation.foundation.i18n import gettext as _
from participation.foundation.web import actor, db


def keep_files(found: CompensationClaim, form: ClaimForm) -> bool:
    """Attach every file that came with the form; whether all were taken.

    What was wrong with a file stands at the field, with the file's name.
    """
    holds = True
    for upload in form.files.data or ():
        if not getattr(upload, "filename", ""):
            continue
        try:
            attach_receipt(db(), found, name=upload.filename, content=upload.read(), actor=actor())
        except UnsafeFile as problem:
            form.add_error("files", _file_error(upload.filename, problem.data["reason"]))
            holds = False
        except TooManyFiles:
            form.add_error("files", _("A claim takes %(most)s files.", most=MOST_FILES))
            return False
    return holds


def say_proof_is_missing(form: ClaimForm, problem: ProofMissing) -> None:
    """Say at the field what must be attached."""
    messages = {
        RateKind.LOST_INCOME: ("lost_income", _("Attach a certificate from your employer below.")),
        RateKind.OTHER_COST: ("other_cost", _("Attach the receipts below.")),
    }
    for kind in problem.data["kinds"]:
        name, message = messages[kind]
        form.add_error(name, message)


def _file_error(name: str, reason: str) -> str:
    return {
        "empty": _("“%(name)s” is empty. Choose another file.", name=name),
        "too_big": _("“%(name)s” is larger than 5 MB. Take a smaller photo.", name=name),
    }.get(
        reason,
        _("“%(name)s” is no PDF, PNG or JPEG. Take a photo of the receipt instead.", name=name),
    )
