"""What somebody tells about themselves."""

from dataclasses import dataclass

from participation.interest_bank.rules.options import ContactWay, ExperienceRole, Gender


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What somebody tells when joining; the same shape changes it later."""

    name: str
    phone: str | None
    municipality_code: str
    birth_year: int
    gender: Gender
    gender_text: str | None
    roles: tuple[ExperienceRole, ...]
    area_ids: tuple[int, ...]
    experience_text: str | None
    ways: tuple[str, ...]
    times: tuple[str, ...]
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    needs_text: str | None
    yearly_ceiling: int | None
    preferred_contact: ContactWay
    assignments: tuple[str, ...] = ()
    interpreter_language: str | None = None

    @property
    def tells_experiences(self) -> bool:
        """Whether there is anything that needs the consent to experiences."""
        return bool(self.area_ids or self.experience_text)
