"""What open data declares: the API, and the page about it. It writes nothing."""

from participation.foundation.feature import Feature
from participation.open_data.views import api, open_data

FEATURE = Feature(name="open_data", blueprints=(api, open_data))
