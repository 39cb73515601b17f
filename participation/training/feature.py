"""What training declares."""

from participation.foundation.feature import Feature

FEATURE = Feature(name="training")
