"""What selection declares."""

from participation.foundation.feature import Feature

FEATURE = Feature(name="selection")
