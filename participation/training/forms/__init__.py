"""Forms of training: courses, and completions by hand."""

from participation.training.forms.completions import CompletionForm, WithdrawCompletionForm
from participation.training.forms.courses import CourseForm, course_data

__all__ = ["CompletionForm", "CourseForm", "WithdrawCompletionForm", "course_data"]
