"""What organisations declare."""

from participation.foundation.feature import Feature
from participation.organisations.providers import ContactData
from participation.organisations.views import organisations

FEATURE = Feature(
    name="organisations",
    blueprints=(organisations,),
    person_data=(ContactData(),),
)
