"""Pages of training."""

from participation.training.views import certificates, courses, public, register
from participation.training.views.blueprint import training

__all__ = ["certificates", "courses", "public", "register", "training"]
