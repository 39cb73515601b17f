"""What people write in their columns, folded, and which of our alternatives it means. Pure."""

from collections.abc import Mapping

from participation.interest_bank.rules.importing.vocabulary import Field
from participation.interest_bank.rules.options import (
    ContactWay,
    ExperienceRole,
    Gender,
    Need,
    TimeOfDay,
    Way,
)

CHOICES: Mapping[Field, Mapping[str, str]] = {
    Field.GENDER: {
        "kvinna": Gender.WOMAN, "k": Gender.WOMAN, "woman": Gender.WOMAN, "female": Gender.WOMAN,
        "man": Gender.MAN, "m": Gender.MAN, "male": Gender.MAN,
        "annat": Gender.OTHER, "ickebinar": Gender.OTHER, "icke binar": Gender.OTHER,
        "other": Gender.OTHER, "vill inte saga": Gender.UNDISCLOSED, "": Gender.UNDISCLOSED,
    },
    Field.ROLES: {
        "patient": ExperienceRole.PATIENT,
        "brukare": ExperienceRole.SERVICE_USER, "service user": ExperienceRole.SERVICE_USER,
        "narstaende": ExperienceRole.NEXT_OF_KIN, "anhorig": ExperienceRole.NEXT_OF_KIN,
        "next of kin": ExperienceRole.NEXT_OF_KIN,
    },
    Field.WAYS: {
        "pa plats": Way.ON_SITE, "mote": Way.ON_SITE, "fysiskt": Way.ON_SITE,
        "in person": Way.ON_SITE,
        "video": Way.ONLINE, "digitalt": Way.ONLINE, "teams": Way.ONLINE, "online": Way.ONLINE,
        "telefon": Way.PHONE, "phone": Way.PHONE,
        "skriftligt": Way.WRITING, "enkat": Way.WRITING, "writing": Way.WRITING,
    },
    Field.TIMES: {
        "formiddag": TimeOfDay.WEEKDAY_MORNING, "vardag formiddag": TimeOfDay.WEEKDAY_MORNING,
        "eftermiddag": TimeOfDay.WEEKDAY_AFTERNOON,
        "vardag eftermiddag": TimeOfDay.WEEKDAY_AFTERNOON,
        "kvall": TimeOfDay.EVENING, "kvallar": TimeOfDay.EVENING, "evening": TimeOfDay.EVENING,
        "helg": TimeOfDay.WEEKEND, "helger": TimeOfDay.WEEKEND, "weekend": TimeOfDay.WEEKEND,
    },
    Field.LANGUAGES: {
        "svenska": "sv", "sv": "sv", "swedish": "sv", "engelska": "en", "en": "en",
        "english": "en", "arabiska": "ar", "ar": "ar", "arabic": "ar", "somaliska": "so",
        "persiska": "fa", "dari": "fa", "ukrainska": "uk", "tigrinja": "ti", "finska": "fi",
        "teckensprak": "sgn", "svenskt teckensprak": "sgn",
    },
    Field.NEEDS: {
        "rullstol": Need.STEP_FREE, "inga trappor": Need.STEP_FREE, "horslinga": Need.HEARING_LOOP,
        "teckensprakstolk": Need.SIGN_LANGUAGE, "tolk": Need.INTERPRETER,
        "lattlast": Need.EASY_READ, "pauser": Need.BREAKS, "raster": Need.BREAKS,
        "stodperson": Need.COMPANION, "ledsagare": Need.COMPANION, "resa": Need.TRAVEL,
        "fardtjanst": Need.TRAVEL,
    },
    Field.CONTACT: {
        "e post": ContactWay.EMAIL, "mejl": ContactWay.EMAIL, "email": ContactWay.EMAIL,
        "sms": ContactWay.SMS, "telefon": ContactWay.CALL, "ring": ContactWay.CALL,
        "phone": ContactWay.CALL,
    },
}  # fmt: skip
