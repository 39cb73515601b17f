"""What coding declares."""

from participation.foundation.feature import Feature

FEATURE = Feature(name="coding")
