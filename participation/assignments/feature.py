"""What assignments declares."""

from participation.foundation.feature import Feature

FEATURE = Feature(name="assignments")
