"""What disclosure declares: a gate and a ledger, no pages of its own."""

from participation.foundation.feature import Feature

FEATURE = Feature(name="disclosure")
