"""Forms of adoption and of contact persons."""

from participation.organisations.forms.adoption import AdoptionForm, EndAdoptionForm
from participation.organisations.forms.contacts import ContactAreasForm, ContactForm

__all__ = ["AdoptionForm", "ContactAreasForm", "ContactForm", "EndAdoptionForm"]
