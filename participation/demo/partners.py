"""User organisations: who speaks, what they were asked, and what they talk about with a group."""

from datetime import timedelta

from participation.county.models import Organisation
from participation.demo.cast import MEMBER_OF_TRIAL_GROUP
from participation.demo.year import Year
from participation.foundation.permissions import Actor
from participation.organisations.rules.states import NominationSubject
from participation.organisations.services import (
    apply_for_place,
    arrange_together,
    ask_for_nominations,
    begin_dialogue,
    nominate,
    send_statement,
    set_meeting,
    tell_about,
    write_in_dialogue,
)

SPEAKER = "Britt Föreningsgren"
OWN = "foreningen-exempelstodet"
ABOUT = {
    OWN: "Vi är till för dig som har eller har haft en psykisk sjukdom, och för dig som står "
    "bredvid. Vi träffas varje vecka och lär varandra hur vården fungerar.",
    "narstaendeforeningen-provklubben": "För närstående till någon med beroende. Ingen behöver "
    "berätta sitt namn.",
    "patientforeningen-modellen": "Patienter som läser brev, rutiner och lokaler med egna ögon.",
    "ungdomsnatverket-latsas": "Unga mellan 13 och 25 som vill påverka skola och vård.",
}
COMING_ACTIVITY = "a25"  # the auditors' course in December
TOGETHER = "a32"


def gather_organisations(year: Year) -> None:
    """What they tell, an ask with two nominations, a dialogue with a statement, an application."""
    for key, about in ABOUT.items():
        with year.calendar.stand_at(year.calendar.weeks_back(30), 10):
            tell_about(year.session, year.coordinator, year.organisations[key], about)
    speaker, own = year.actor(SPEAKER), year.organisations[OWN]
    _nominations(year, speaker, own)
    _dialogue(year, speaker, own)
    with year.calendar.stand_at(year.calendar.today - timedelta(days=2), 19, 20):
        apply_for_place(
            year.session,
            name="Anhörigkretsen Påhittet",
            about="Vi är fjorton anhöriga till äldre i två kommuner. Vi svarar gärna.",
            contact_name="Inga Påhittsdotter",
            contact_email="inga.pahittsdotter@example.org",
            contact_phone="+46701740606",
            locale="sv",
        )


def _nominations(year: Year, speaker: Actor, own: Organisation) -> None:
    today = year.calendar.today
    with year.calendar.stand_at(today - timedelta(days=9), 11):
        ask = ask_for_nominations(
            year.session,
            year.coordinator,
            own,
            subject=NominationSubject.TRAINING,
            activity=year.activities[COMING_ACTIVITY],
            text="Kursen tar tre dagar. Vi söker två personer som vill granska boendestöd, gärna "
            "någon som själv har haft boendestöd.",
            how_many=2,
            due_on=today + timedelta(days=5),
        )
        ask_for_nominations(
            year.session,
            year.coordinator,
            own,
            subject=NominationSubject.COUNCIL_SEAT,
            activity=None,
            text="En plats i rådet är tom sedan november. Vi söker någon under trettio.",
            how_many=1,
            due_on=today + timedelta(days=12),
        )
    with year.calendar.stand_at(today - timedelta(days=6), 18):
        nominate(
            year.session,
            speaker,
            ask,
            name="Sanna Skissgren",
            email="sanna.skissgren@example.org",
            words="Har haft boendestöd i fyra år och är bra på att lyssna.",
        )


def _dialogue(year: Year, speaker: Actor, own: Organisation) -> None:
    group, today = year.groups["Arbetsgrupp Provmodellen"], year.calendar.today
    with year.calendar.stand_at(today - timedelta(days=40), 15):
        dialogue = begin_dialogue(
            year.session,
            speaker,
            own,
            group,
            theme="Att ha någon med sig första gången",
            text="Våra medlemmar vågar inte komma ensamma. Får man ha någon med sig till det "
            "gemensamma första mötet, och står det i kallelsen?",
        )
    with year.calendar.stand_at(today - timedelta(days=36), 9):
        write_in_dialogue(
            year.session,
            year.actor(MEMBER_OF_TRIAL_GROUP),
            dialogue,
            "Ja, det får man. Men ni har rätt: det står ingenstans. Kan vi ses och läsa texten?",
        )
        set_meeting(
            year.session,
            year.coordinator,
            dialogue,
            meets_on=today + timedelta(days=8),
            where="Föreningens lokal i Kalmar, klockan 17",
        )
    with year.calendar.stand_at(today - timedelta(days=20), 16):
        send_statement(
            year.session,
            speaker,
            dialogue,
            title="Skriv i kallelsen att man får ha någon med sig",
            text="Vi vill att det står i varje kallelse till det första mötet, på första sidan.",
            is_public=True,
        )
        arrange_together(year.session, year.coordinator, dialogue, year.activities[TOGETHER])
