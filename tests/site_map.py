"""The one map of the site: every page, who sees it, an example address, its states.

It drives the access test, the HTML contract, the query counts, the axe run, the screenshots and
the page figures. `{placeholders}` are filled from the demo (tests/support/examples.py). Who sees
what is written by hand from DOMAIN.md's roles, apart from the code's own permissions.
A route that is not here fails tests/contracts/test_site_map.py, and so does an entry without route.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from participation.foundation.printing import PDF, can_make_pdf


class Frame(StrEnum):
    RESIDENT = "resident"
    READER = "reader"
    STAFF = "staff"
    PAPER = "paper"


class Reader(StrEnum):
    """Who reads. ANYBODY is not signed in; a CHILD waits for a guardian; OUTSIDER is another
    organisation's contact person."""

    ANYBODY = "anybody"
    RESIDENT = "resident"
    CHILD = "child"
    COUNCIL_MEMBER = "council_member"
    AUDITOR = "auditor"
    USER_ORGANISATION = "user_organisation"
    CONTACT_PERSON = "contact_person"
    OUTSIDER = "outsider"
    GROUP_MEMBER = "group_member"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"


R = Reader
Readers = frozenset[Reader]

EVERYBODY: Readers = frozenset(Reader)
SIGNED_IN: Readers = EVERYBODY - {R.ANYBODY}
NOT_SIGNED_IN: Readers = frozenset({R.ANYBODY})
ASKED: Readers = frozenset({R.RESIDENT})  # for a new address
MEMBERS: Readers = frozenset({R.RESIDENT, R.COUNCIL_MEMBER, R.AUDITOR})  # of the interest bank
CHILD: Readers = frozenset({R.CHILD})  # whose guardian has not answered
COORDINATOR: Readers = frozenset({R.COORDINATOR})
ASKERS: Readers = frozenset({R.COORDINATOR, R.CONTACT_PERSON, R.OUTSIDER, R.USER_ORGANISATION})
ITS_ASKERS: Readers = frozenset({R.COORDINATOR, R.CONTACT_PERSON})  # the region's
MUNICIPAL: Readers = frozenset({R.COORDINATOR, R.OUTSIDER})  # the municipality's
OTHER_ASKERS: Readers = frozenset({R.CONTACT_PERSON})
SPEAKERS: Readers = frozenset({R.USER_ORGANISATION})
OWN_ORGANISATION: Readers = SPEAKERS | COORDINATOR
ORGANISATIONS: Readers = frozenset({R.COORDINATOR, R.CONTACT_PERSON, R.OUTSIDER})
OWERS: Readers = ORGANISATIONS | {R.GROUP_MEMBER}
ITS_GROUP: Readers = frozenset({R.COORDINATOR, R.GROUP_MEMBER})
COUNCIL: Readers = frozenset({R.COORDINATOR, R.COUNCIL_MEMBER})
COUNCIL_MEMBER: Readers = frozenset({R.COUNCIL_MEMBER})
AUDIT_READERS: Readers = ORGANISATIONS | {R.AUDITOR}
ITS_AUDIT: Readers = MUNICIPAL | {R.AUDITOR}
AUDIT_TEAM: Readers = frozenset({R.AUDITOR})
AUDIT_INSIDE: Readers = frozenset({R.COORDINATOR, R.AUDITOR})
PAYERS: Readers = frozenset({R.COORDINATOR, R.ADMINISTRATOR})
COST_READERS: Readers = ORGANISATIONS | {R.ADMINISTRATOR}
COUNTY_READERS: Readers = frozenset({R.COORDINATOR, R.ADMINISTRATOR, R.DATA_PROTECTION_OFFICER})
OPERATORS: Readers = frozenset({R.ADMINISTRATOR, R.DATA_PROTECTION_OFFICER})
ADMINISTRATOR: Readers = frozenset({R.ADMINISTRATOR})
OFFICER: Readers = frozenset({R.DATA_PROTECTION_OFFICER})


@dataclass(frozen=True)
class State:
    """Another face of a page: `address` (default: the page's), and `typed` when a form is sent."""

    name: str  # empty, error, closed, forbidden … or what it shows
    address: str = ""
    typed: Mapping[str, str] | None = None
    status: int = 200
    readers: Readers | None = None  # default: the page's
    cookies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A GET endpoint that gives HTML. Its address as it stands is the state "filled"."""

    endpoint: str
    address: str
    readers: Readers
    frame: Frame
    states: tuple[State, ...] = ()
    cookies: Mapping[str, str] = field(default_factory=dict)

    def shown(self) -> tuple[State, ...]:
        """Every state, the filled one first, with address and readers filled in."""
        filled = State("filled", self.address, cookies=self.cookies)
        return tuple(
            State(
                state.name,
                state.address or self.address,
                state.typed,
                state.status,
                self.readers if state.readers is None else state.readers,
                state.cookies or self.cookies,
            )
            for state in (filled, *self.states)
        )

    @property
    def reader(self) -> Reader:
        """Whoever of its readers is most typical: the one with the fewest rights."""
        return next(reader for reader in BY_RIGHTS if reader in self.readers)


BY_RIGHTS = (
    R.ANYBODY,
    R.RESIDENT,
    R.CHILD,
    R.COUNCIL_MEMBER,
    R.AUDITOR,
    R.USER_ORGANISATION,
    R.GROUP_MEMBER,
    R.CONTACT_PERSON,
    R.OUTSIDER,
    R.DATA_PROTECTION_OFFICER,
    R.ADMINISTRATOR,
    R.COORDINATOR,
)


@dataclass(frozen=True)
class Other:
    """A GET endpoint that gives no page of its own: a file, a redirect, a sign of life."""

    endpoint: str
    address: str
    readers: Readers
    mimetype: str = ""  # "" for a redirect


@dataclass(frozen=True)
class Act:
    """A POST endpoint and who may use it; everybody else is refused and nothing changes."""

    endpoint: str
    address: str
    doers: Readers


def page(
    endpoint: str, address: str, readers: Readers, frame: Frame, *states: State, **more: str
) -> Page:
    return Page(endpoint, address, readers, frame, states, more)


RESIDENT, READER, STAFF, PAPER = Frame.RESIDENT, Frame.READER, Frame.STAFF, Frame.PAPER
# Where the machine makes no PDF, its address leads to the page that the browser prints.
PDF_OR_PAGE = PDF if can_make_pdf() else ""
PAPERS = "/questionnaires/rounds/{round_open}/paper"
LONG = "å" * 5000
SCRIPT = "<script>alert(1)</script>"

PUBLIC_PAGES = (
    page("follow_up.public_start", "/", EVERYBODY, RESIDENT),
    page("pages.about", "/about", EVERYBODY, RESIDENT),
    page("pages.accessibility", "/accessibility", EVERYBODY, RESIDENT),
    page("pages.help_page", "/help", EVERYBODY, RESIDENT),
    page("pages.joining", "/joining", EVERYBODY, RESIDENT),
    page("pages.privacy", "/privacy", EVERYBODY, RESIDENT),
    page("county.about", "/county", EVERYBODY, READER),
    page("county.groups", "/groups", EVERYBODY, READER),
    page("adoption.adopted", "/adoption", EVERYBODY, READER),
    page("adoption.how_to_adopt", "/adoption/how", EVERYBODY, READER),
    page("adoption.decision_text", "/adoption/decision", EVERYBODY, READER),
    page(
        "county.group",
        "/groups/{group}",
        EVERYBODY,
        READER,
        State("empty", "/groups/{quiet_group}"),
        State("unknown", "/groups/nosuchgroup1", status=404),
    ),
    page(
        "follow_up.perspective",
        "/groups/{group}/resident-perspective",
        EVERYBODY,
        READER,
        State("empty", "/groups/{quiet_group}/resident-perspective"),
    ),
    page("follow_up.indicators", "/indicators", EVERYBODY, READER),
    page("follow_up.indicator", "/indicators/{indicator}", EVERYBODY, READER),
    page("follow_up.plans", "/plans", EVERYBODY, READER),
    page(
        "follow_up.plan",
        "/plans/{plan}",
        EVERYBODY,
        READER,
        State("goals", "/plans/{goal_plan}"),
        State("not loaded", "/plans/{unloaded_plan}"),
        State("invented", "/plans/{invented_plan}"),
    ),
    page("follow_up.plan_action", "/plan-actions/{plan_action}", EVERYBODY, READER),
    page("follow_up.you_said_we_did", "/you-said-we-did", EVERYBODY, READER),
    page("follow_up.matter", "/you-said-we-did/{matter}", EVERYBODY, READER),
    page("results.published_list", "/findings", EVERYBODY, READER),
    page(
        "results.published",
        "/findings/{finding}",
        EVERYBODY,
        READER,
        State("withdrawn", "/findings/{withdrawn_finding}", status=404),
    ),
    page(
        "inventory.public_list",
        "/surveys",
        EVERYBODY,
        READER,
        State("filtered", "/surveys?target=older&sort=latest"),
        State("nothing fits", "/surveys?words=zebra"),
    ),
    page("inventory.survey", "/surveys/{inventory_survey}", EVERYBODY, READER),
    page(
        "results.release",
        "/releases/{release}",
        EVERYBODY,
        READER,
        State("by municipality", "/releases/{release}?by=municipality"),
        State("by age", "/releases/{release}?by=age_band"),
        State("unknown", "/releases/{release}?by=no", status=404),
    ),
    page("results.release_sheets", "/releases/{release}/print", EVERYBODY, PAPER),
    page("council.public", "/council", EVERYBODY, READER),
    page("council.statement", "/council/statements/{statement}", EVERYBODY, READER),
    page("council.minutes", "/council/meetings/{public_meeting}/minutes", EVERYBODY, READER),
    page(
        "council.offer",
        "/s/{council_link}",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"answer": ""}),
        State("declined", "/s/{declined_council_link}"),
        State("unknown", "/s/xyzzyx", status=410),
    ),
    page("audits.published", "/audits/published", EVERYBODY, READER),
    page("audits.summary", "/audits/{audit}/summary", EVERYBODY, READER),
    page("activities.public_page", "/activities/{public_activity}", EVERYBODY, RESIDENT),
    page("organisations.user_organisation_list", "/user-organisations", EVERYBODY, READER),
    page(
        "organisations.user_organisation_page",
        "/user-organisations/{user_organisation}",
        EVERYBODY,
        READER,
        State("empty", "/user-organisations/{quiet_user_organisation}"),
        State("unknown", "/user-organisations/{adopter}", status=404),
    ),
    page(
        "organisations.register",
        "/user-organisations/register",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"name": SCRIPT, "about": LONG, "contact_email": "nobody"}),
    ),
    page("organisations.registered", "/user-organisations/registered", EVERYBODY, RESIDENT),
    page(
        "organisations.speak_for",
        "/speak-for/{speaking}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/speak-for/unknown", status=410),
    ),
    page(
        "organisations.nominated",
        "/nominated/{nominated}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/nominated/unknown", status=410),
    ),
    page(
        "organisations.nomination_answered",
        "/nominated/answered?answer=join",
        EVERYBODY,
        RESIDENT,
        State("yes", "/nominated/answered?answer=yes"),
        State("no", "/nominated/answered"),
    ),
    page("training.offered", "/training", EVERYBODY, RESIDENT),
    page(
        "training.course",
        "/training/{course}",
        EVERYBODY,
        RESIDENT,
        State("holds for good", "/training/{lasting_course}"),
        State("unknown", "/training/nosuchcourse", status=404),
    ),
    page(
        "search.results",
        "/search?q=plan",
        EVERYBODY,
        READER,
        State("empty", "/search"),
        State("no hits", "/search?q=xyzzyx"),
        State("script", f"/search?q={SCRIPT}"),
    ),
    page("dev_mail.inbox", "/dev/mail", EVERYBODY, RESIDENT, State("empty", "/dev/mail?q=nobody")),
    page("dev_mail.message", "/dev/mail/{mail_in_box}", EVERYBODY, RESIDENT),
    page("pages.components", "/dev/components", EVERYBODY, RESIDENT),
)

JOINING = (
    page("interest_bank.welcome", "/interest-bank", EVERYBODY, RESIDENT),
    page(
        "interest_bank.join",
        "/interest-bank/join",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"step": "who"}),
        State(
            "script", typed={"step": "who", "name": SCRIPT, "email": "مرحبا", "birth_year": LONG}
        ),
    ),
    page(
        "interest_bank.call_me",
        "/interest-bank/call-me",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"name": SCRIPT, "phone": "7", "suits": "مرحبا"}),
    ),
    page("interest_bank.we_call", "/interest-bank/we-call-you", EVERYBODY, RESIDENT),
    page("interest_bank.check_mail", "/interest-bank/check-your-mail", EVERYBODY, RESIDENT),
    page(
        "interest_bank.confirm",
        "/interest-bank/confirm/{joining}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/interest-bank/confirm/unknown", status=410),
    ),
    page(
        "interest_bank.ask_not_me",
        "/interest-bank/confirm/{joining}/not-me",
        EVERYBODY,
        RESIDENT,
        State("closed", "/interest-bank/confirm/unknown/not-me", status=410),
    ),
    page("interest_bank.notice", "/interest-bank/your-information", EVERYBODY, RESIDENT),
    page(
        "interest_bank.notice_of",
        "/interest-bank/your-information/2026-11/easy",
        EVERYBODY,
        RESIDENT,
        State("child", "/interest-bank/your-information/2026-11/child"),
        State("guardian", "/interest-bank/your-information/2026-11/guardian"),
    ),
    page("interest_bank.young", "/young", EVERYBODY, RESIDENT),
    page(
        "interest_bank.young_join",
        "/young/join",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"step": "1"}),
        State("too young", typed={"birth_year": "2025"}),
    ),
    page("interest_bank.young_check_mail", "/young/check-your-mail", EVERYBODY, RESIDENT),
    page("interest_bank.young_waiting", "/young/waiting", EVERYBODY, RESIDENT),
    page(
        "interest_bank.guardian",
        "/guardian/{guardian}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/guardian/unknown", status=410),
    ),
    page("interest_bank.guardian_approved", "/guardian/approved", EVERYBODY, RESIDENT),
    page("interest_bank.guardian_refused", "/guardian/refused", EVERYBODY, RESIDENT),
    page(
        "interest_bank.guardian_withdraws",
        "/guardian/withdraw/{guardian_receipt}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/guardian/withdraw/unknown", status=410),
    ),
    page("interest_bank.guardian_withdrew", "/guardian/withdrawn", EVERYBODY, RESIDENT),
    page("interest_bank.forgotten", "/interest-bank/forgotten", EVERYBODY, RESIDENT),
    page("interest_bank.joined", "/interest-bank/joined", EVERYBODY, RESIDENT),
    page("interest_bank.left", "/interest-bank/left", EVERYBODY, RESIDENT),
    page(
        "invitations.invitation",
        "/i/{invited}",
        EVERYBODY,
        RESIDENT,
        State("accepted", "/i/{accepted}"),
        State("said no", "/i/{said_no}"),
        State("in the draw", "/i/{in_draw}"),
        State("past", "/i/{past_invited}"),
        State("cancelled", "/i/{cancelled_invited}"),
        State("closed", "/i/unknown", status=410),
        State("error", typed={"answer": "perhaps"}),
    ),
    page(
        "invitations.evaluation",
        "/i/{was_there}/evaluation",
        EVERYBODY,
        RESIDENT,
        State("closed", "/i/{accepted}/evaluation", status=410),
        State("unknown", "/i/unknown/evaluation", status=410),
        State("error", typed={"understood": "perhaps"}),
    ),
)

ANSWERING = (
    page(
        "answering.open_link",
        "/q/{open_link}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/q/{round_published}"),
        State("of a unit", "/q/{unit_link}"),
        State("with names", "/q/{round_named}"),
        State("unknown", "/q/nosuchquestionnaire", status=404),
    ),
    page(
        "answering.personal_link",
        "/a/{draft}",
        EVERYBODY,
        RESIDENT,
        State("unknown", "/a/0000000000000000", status=404),
    ),
    page("answering.all_questions", "/a/{draft}/all", EVERYBODY, RESIDENT),
    page("answering.later", "/a/{draft}/later", EVERYBODY, RESIDENT),
    page(
        "answering.screen",
        "/a/{draft}/q/{screen}",
        EVERYBODY,
        RESIDENT,
        State("last", "/a/{draft}/q/{last_screen}"),
    ),
    page(
        "answering.open_kiosk",
        "/kiosk",
        EVERYBODY,
        RESIDENT,
        State("error", "/kiosk?code=nosuch"),
    ),
    page(
        "answering.kiosk",
        "/k/{tablet}",
        EVERYBODY,
        RESIDENT,
        State("unknown", "/k/nosuch", status=404),
        State("a question", "/a/{draft}/q/{screen}?kiosk={tablet}"),
    ),
    page("answering.still_there", "/a/{draft}/still?kiosk={tablet}", EVERYBODY, RESIDENT),
    page("answering.name", "/a/{named_draft}/name", EVERYBODY, RESIDENT),
    page("answering.review", "/a/{draft}/review", EVERYBODY, RESIDENT),
    page(
        "answering.take_back",
        "/withdraw",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"receipt": "0000000000000000"}),
    ),
    page(
        "answering.enter_code",
        "/code",
        EVERYBODY,
        RESIDENT,
    ),
)

SIGNING_IN = (
    page(
        "accounts.sign_in",
        "/sign-in",
        NOT_SIGNED_IN,
        RESIDENT,
        State("error", typed={"email": "not an address"}),
        State("sent back", "/sign-in?next=/start"),
    ),
    page("accounts.link_sent", "/sign-in/sent", EVERYBODY, RESIDENT),
    page(
        "accounts.open_link",
        "/sign-in/link/{link}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/sign-in/link/unknown", status=410),
        asked="{browser}",
    ),
    page(
        "accounts.sign_in_with_password",
        "/sign-in/password",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"email": "", "password": "", "code": ""}),
    ),
    page(
        "accounts.invitation",
        "/sign-in/invitation/{password_invitation}",
        EVERYBODY,
        RESIDENT,
        State("closed", "/sign-in/invitation/unknown", status=410),
        State("error", typed={"password": "kort", "code": ""}),
    ),
    page("accounts.signed_out", "/signed-out", EVERYBODY, RESIDENT),
)

OWN_PAGES = (
    page(
        "accounts.start",
        "/start",
        SIGNED_IN,
        RESIDENT,
    ),
    page("accounts.me", "/me", SIGNED_IN, RESIDENT),
    page(
        "accounts.settings",
        "/me/settings",
        SIGNED_IN,
        RESIDENT,
    ),
    page("accounts.sessions", "/me/sessions", SIGNED_IN, RESIDENT),
    page("calendars.own", "/me/calendar", SIGNED_IN, RESIDENT),
    page("accounts.confirm_erasure", "/me/erase", SIGNED_IN, RESIDENT),
    page("accounts.open_new_email", "/me/email/{new_email}", ASKED, RESIDENT),
    page(
        "interest_bank.membership",
        "/membership",
        SIGNED_IN - CHILD,
        RESIDENT,
    ),
    page("interest_bank.change", "/membership/change/who", MEMBERS, RESIDENT),
    page("interest_bank.agreed", "/membership/agreed", MEMBERS, RESIDENT),
    page(
        "interest_bank.guardian_of_mine",
        "/membership/guardian",
        CHILD,
        RESIDENT,
        State("error", typed={"guardian_email": "nobody"}),
    ),
    page("interest_bank.leave", "/membership/leave", MEMBERS, RESIDENT),
    page("interest_bank.pause", "/membership/pause", MEMBERS, RESIDENT),
    page(
        "jobs.status",
        "/jobs/{running_job}",
        COORDINATOR | OPERATORS,
        STAFF,
        State("waiting", "/jobs/{job}"),
        State("failed", "/jobs/{failed_job}"),
    ),
)

STAFF_PAGES = (
    page("county.organisations", "/organisations", COUNTY_READERS, STAFF),
    page("organisations.nomination_list", "/nominations", COORDINATOR, STAFF),
    page(
        "organisations.new_ask",
        "/nominations/new",
        COORDINATOR,
        STAFF,
        State("error", typed={"text": SCRIPT, "how_many": "0", "due_on": "2020-01-01"}),
    ),
    page(
        "organisations.ask",
        "/nominations/{ask}",
        OWN_ORGANISATION,
        STAFF,
        State("empty", "/nominations/{empty_ask}"),
        State("error", typed={"name": "", "email": "nobody"}, readers=SPEAKERS),
    ),
    page("organisations.application_list", "/organisations/applications", COORDINATOR, STAFF),
    page(
        "organisations.application",
        "/organisations/applications/{application}",
        COORDINATOR,
        STAFF,
    ),
    page(
        "organisations.workspace",
        "/user-organisations/{user_organisation}/workspace",
        OWN_ORGANISATION,
        STAFF,
        State(
            "empty", "/user-organisations/{quiet_user_organisation}/workspace", readers=COORDINATOR
        ),
    ),
    page(
        "organisations.about",
        "/user-organisations/{user_organisation}/about",
        OWN_ORGANISATION,
        STAFF,
    ),
    page(
        "organisations.new_dialogue",
        "/user-organisations/{user_organisation}/dialogues/new",
        OWN_ORGANISATION,
        STAFF,
        State("error", typed={"theme": SCRIPT, "text": ""}),
    ),
    page(
        "organisations.dialogue",
        "/dialogues/{dialogue}",
        OWN_ORGANISATION,
        STAFF,
        State(
            "the group's",
            "/dialogues/{group_dialogue}",
            readers=OWN_ORGANISATION | {R.GROUP_MEMBER},
        ),
    ),
    page("training.manage", "/training/manage", COORDINATOR, STAFF),
    page(
        "training.new_course",
        "/training/new",
        COORDINATOR,
        STAFF,
        State("error", typed={"name": SCRIPT, "hours": "0", "valid_months": "ett år"}),
    ),
    page("training.edit_course", "/training/{own_course}/edit", COORDINATOR, STAFF),
    page("training.refreshers", "/training/refreshers", COORDINATOR, STAFF),
    page(
        "training.people",
        "/training/{course}/people",
        COORDINATOR,
        STAFF,
        State("empty", "/training/{own_course}/people"),
        State("some wait", "/training/{lasting_course}/people"),
    ),
    page(
        "training.add_person",
        "/training/{course}/people/add",
        COORDINATOR,
        STAFF,
        State("found", "/training/{course}/people/add?q=Conny"),
        State("nobody", "/training/{course}/people/add?q=xyzzyx"),
        State("error", typed={"reason": "", "completed_on": "2999-01-01"}),
    ),
    page(
        "training.withdraw",
        "/training/{course}/people/{completion}/withdraw",
        COORDINATOR,
        STAFF,
        State("error", typed={"reason": ""}),
    ),
    page(
        "training.certificate",
        "/training/certificates/{own_completion}",
        COORDINATOR | {R.AUDITOR},
        RESIDENT,
    ),
    page(
        "interest_bank.members",
        "/interest-bank/members",
        COORDINATOR,
        STAFF,
        State("empty", "/interest-bank/members?state=unconfirmed&asked=this_year"),
        State("page 2", "/interest-bank/members?page=2"),
        State("narrowed", "/interest-bank/members?ages=30-44&way=online&sort=least_asked"),
    ),
    page(
        "interest_bank.member",
        "/interest-bank/members/{member}",
        COORDINATOR,
        STAFF,
        State("error", typed={"reason": "other", "words": ""}),
        State("opened", "/interest-bank/members/{member}/protection", typed={"words": ""}),
    ),
    page(
        "interest_bank.change_member",
        "/interest-bank/members/{member}/change/reach",
        COORDINATOR,
        STAFF,
        State("who", "/interest-bank/members/{member}/change/who"),
        State("experience", "/interest-bank/members/{member}/change/experience"),
        State("how", "/interest-bank/members/{member}/change/how"),
        State("error", typed={"name": ""}),
        State("protected", "/interest-bank/members/{protected_member}/change/reach", status=404),
    ),
    page("interest_bank.death", "/interest-bank/members/{member}/death", COORDINATOR, STAFF),
    page("interest_bank.spread", "/interest-bank/spread", COORDINATOR, STAFF),
    page(
        "adoption.organisation",
        "/organisations/{adopter}",
        COORDINATOR,
        STAFF,
        State("not adopted", "/organisations/{not_adopter}"),
        State("unknown", "/organisations/nosuchplace1", status=404),
    ),
    page(
        "adoption.adoption",
        "/organisations/{not_adopter}/adoption",
        COORDINATOR,
        STAFF,
        State("correct", "/organisations/{adopter}/adoption"),
        State("error", typed={"since": "2999-01-01", "decided_by": SCRIPT, "note": LONG}),
    ),
    page(
        "adoption.end",
        "/organisations/{adopter}/adoption/end",
        COORDINATOR,
        STAFF,
        State("error", typed={"until": "", "because": ""}),
    ),
    page(
        "adoption.new_contact",
        "/organisations/{adopter}/contacts/new",
        COORDINATOR,
        STAFF,
        State("error", typed={"name": SCRIPT, "email": "nobody"}),
    ),
    page("adoption.contact", "/organisations/{adopter}/contacts/{contact}", COORDINATOR, STAFF),
    page(
        "requests.request_list",
        "/requests",
        ASKERS,
        STAFF,
        State("empty", "/requests?q=xyzzyx"),
        State("late", "/requests?state=late&sort=due"),
        State("odd", "/requests?state=nosuch&organisation_id=x&sort=odd"),
    ),
    page(
        "requests.request_page",
        "/requests/{request}",
        MUNICIPAL,
        STAFF,
        State("draft", "/requests/{draft_request}", readers=OTHER_ASKERS),
        State("declined", "/requests/{declined_request}"),
        State("closed", "/requests/{closed_request}"),
        State("incomplete", "/requests/{incomplete_request}"),
        State("withdrawn", "/requests/{withdrawn_request}", readers=ITS_ASKERS),
    ),
    page("requests.print_request", "/requests/{request}/print", MUNICIPAL, STAFF),
    page("requests.withdraw", "/requests/{request}/withdraw", MUNICIPAL, STAFF),
    page(
        "requests.new_request",
        "/requests/new",
        ASKERS,  # an organisation that has not adopted the model reads how to
        STAFF,
        State("form", readers=OTHER_ASKERS),
        State("draft meanwhile", "/requests/new?draft=yes"),
        State("copy", "/requests/new?like={request}", readers=MUNICIPAL),
        State(
            "error",
            typed={"title": "", "people_count": "många", "task": SCRIPT},
            readers=OTHER_ASKERS,
        ),
    ),
    page("requests.edit_request", "/requests/{draft_request}/edit", OTHER_ASKERS, STAFF),
    page(
        "activities.activity_list",
        "/activities",
        ORGANISATIONS,
        STAFF,
        State("empty", "/activities?q=xyzzyx"),
    ),
    page(
        "activities.overview",
        "/activities/{activity}/overview",
        ITS_ASKERS,
        STAFF,
        State("past", "/activities/{past_activity}/overview"),
        State("planned", "/activities/{planned_activity}/overview"),
        State("closed", "/activities/{cancelled_activity}/overview"),
    ),
    page("activities.answers", "/activities/{activity}/answers", COORDINATOR, STAFF),
    page(
        "activities.one_answer",
        "/activities/{activity}/answers/{activity_invitation}",
        COORDINATOR,
        STAFF,
        State("question", "/activities/{asked_activity}/answers/{asking_invitation}"),
    ),
    page(
        "activities.attendance",
        "/activities/{past_activity}/attendance",
        COORDINATOR,
        STAFF,
        State("now", "/activities/{held_activity}/attendance"),
        State("search", "/activities/{held_activity}/attendance?q=xyzzyx"),
        State("coming", "/activities/{planned_activity}/attendance"),
    ),
    page(
        "activities.attendance_list",
        "/activities/{activity}/attendance/print",
        COORDINATOR,
        RESIDENT,
    ),
    page("activities.sheet", "/activities/{activity}/sheet", ITS_ASKERS, RESIDENT),
    page("activities.series", "/activities/series/{series}", ITS_ASKERS, STAFF),
    page("activities.overdue", "/activities/overdue", COORDINATOR, STAFF),
    page(
        "activities.rounds",
        "/activities/{activity}/rounds",
        COORDINATOR,
        STAFF,
        State("planned", "/activities/{asked_activity}/rounds"),
        State("empty", "/activities/{planned_activity}/rounds"),
        State("error", typed={"people_each": "0", "reason": ""}),
    ),
    page(
        "activities.messages",
        "/activities/{asked_activity}/messages",
        COORDINATOR,
        STAFF,
        State("empty", "/activities/{planned_activity}/messages"),
        State("past", "/activities/{past_activity}/messages"),
    ),
    page(
        "activities.invitation_words",
        "/activities/{activity}/invitation-words",
        COORDINATOR,
        STAFF,
        State("preview", typed={"words": "Hej {namn}! Vi ses kl. {tid}."}),
        State("error", typed={"words": "Hej {epost}!"}),
    ),
    page(
        "activities.new_reminder",
        "/activities/{activity}/reminders/new",
        COORDINATOR,
        STAFF,
        State(
            "preview",
            typed={"audience": "coming", "days_before": "1", "hour": "9", "words": "Hej {namn}!"},
        ),
        State("error", typed={"words": SCRIPT + "{epost}"}),
    ),
    page(
        "activities.reminder",
        "/activities/{asked_activity}/reminders/{reminder}",
        COORDINATOR,
        STAFF,
    ),
    page(
        "activities.evaluation_read",
        "/activities/{evaluated_activity}/evaluation",
        COORDINATOR,
        STAFF,
        State("none", "/activities/{past_activity}/evaluation"),
    ),
    page("activities.cancel", "/activities/{activity}/cancel", COORDINATOR, STAFF),
    page("activities.edit", "/activities/{activity}/edit", COORDINATOR, STAFF),
    page("activities.invite", "/activities/{activity}/invite", COORDINATOR, STAFF),
    page(
        "activities.children",
        "/activities/{considered_activity}/children",
        COORDINATOR,
        STAFF,
        State("empty", "/activities/{planned_activity}/children"),
        State("error", "/activities/{planned_activity}/children", {"space": ""}),
    ),
    page(
        "activities.new_activity",
        "/activities/new",
        COORDINATOR,
        STAFF,
        State("copied", "/activities/new?copy={past_activity}"),
        State("from a request", "/activities/new?request={accepted_request}"),
        State("error", typed={"title": "", "seats": "-1", "description": LONG}),
    ),
    page("commitments.commitment_list", "/commitments", OWERS, STAFF),
    page(
        "commitments.one",
        "/commitments/{commitment}",
        ITS_ASKERS,
        STAFF,
        State("waiting", "/commitments/{open_commitment}"),
        State("a group's", "/commitments/{group_commitment}", readers=ITS_GROUP),
    ),
    page("follow_up.new_feedback", "/commitments/{commitment}/feedback", COORDINATOR, STAFF),
    page("follow_up.feedback_check", "/you-said-we-did/{matter}/check", COORDINATOR, STAFF),
    page("follow_up.plan_status", "/plan-actions/{plan_action}/status", ITS_GROUP, STAFF),
    page("follow_up.plan_findings", "/plan-actions/{plan_action}/findings", COORDINATOR, STAFF),
)

COMPENSATION = (
    page(
        "assignments.agreement",
        "/i/{to_agree}/agreement",
        EVERYBODY,
        RESIDENT,
        State("agreed", "/i/{agreed}/agreement"),
        State("error", typed={"agrees": ""}),
        State("not needed", "/i/{said_no}/agreement", status=404),
    ),
    page(
        "assignments.declaration",
        "/i/{to_agree}/declaration",
        EVERYBODY,
        RESIDENT,
        State("decided", "/i/{with_ties}/declaration"),
        State("error", typed={"ties": "some"}),
        State("script", typed={"ties": "some", "declared-0-words": SCRIPT}),
    ),
    page(
        "assignments.claim",
        "/i/{to_claim}/compensation",
        EVERYBODY,
        RESIDENT,
        State("error", typed={"payee_name": SCRIPT, "kilometres": "0", "lost_income": "-5"}),
        State("counted", typed={"kilometres": "82", "count": "1"}),
        State("returned", "/i/{returned_claim}/compensation"),
        State("sent", "/i/{sent_claim}/compensation"),
        State("approved", "/i/{approved_claim}/compensation"),
        State("on its way", "/i/{exported_claim}/compensation"),
        State("paid", "/i/{paid_claim}/compensation"),
        State("declined", "/i/{declined_claim}/compensation"),
        State("closed", "/i/{closed_claim}/compensation"),
        State("unknown", "/i/unknown/compensation", status=404),
    ),
    page(
        "assignments.on_paper",
        "/i/{to_claim}/compensation/print",
        EVERYBODY,
        RESIDENT,
        State("paid", "/i/{paid_claim}/compensation/print"),
    ),
    page("assignments.mine", "/me/assignments", SIGNED_IN, RESIDENT),
    page(
        "compensation.claim_list",
        "/compensation",
        COORDINATOR,
        STAFF,
        State("to approve", "/compensation?state=submitted"),
        State("of an activity", "/compensation?activity={past_activity}"),
        State("empty", "/compensation?activity=nosuchactiv1"),
        State("page 2", "/compensation?page=2"),
        State("error", typed={"claims": "nosuchclaim1"}),
    ),
    page(
        "compensation.claim",
        "/compensation/{claim_submitted}",
        COORDINATOR,
        STAFF,
        State("offered", "/compensation/{claim_offered}"),
        State("returned", "/compensation/{claim_returned}"),
        State("approved", "/compensation/{claim_approved}"),
        State("paid", "/compensation/{claim_paid}"),
        State("closed", "/compensation/{claim_closed}"),
        State("unknown", "/compensation/nosuchclaim1", status=404),
    ),
    page(
        "compensation.line",
        "/compensation/{claim_submitted}/lines/{claim_line}",
        COORDINATOR,
        STAFF,
        State("error", typed={"amount": "-1", "reason": ""}),
    ),
    page(
        "compensation.from_paper",
        "/compensation/{claim_offered}/file",
        COORDINATOR,
        STAFF,
        State("error", typed={"personal_number": "123", "other_cost": "=1+1"}),
    ),
    page("compensation.on_paper", "/compensation/{claim_submitted}/print", COORDINATOR, RESIDENT),
    page("compensation.batches", "/compensation/payroll", PAYERS, STAFF),
    page(
        "compensation.batch",
        "/compensation/payroll/{batch}",
        PAYERS,
        STAFF,
        State("paid", "/compensation/payroll/{paid_batch}"),
    ),
    page("compensation.rates", "/compensation/rates", COUNTY_READERS, STAFF),
    page(
        "compensation.totals",
        "/compensation/totals",
        COST_READERS,
        STAFF,
        State("empty", "/compensation/totals?year=2001"),
    ),
    page("compensation.agreements", "/activities/{agreed_activity}/agreements", COORDINATOR, STAFF),
    page(
        "compensation.terms", "/activities/{agreed_activity}/agreements/terms", COORDINATOR, STAFF
    ),
    page(
        "compensation.question",
        "/activities/{agreed_activity}/agreements/{asked_agreement}",
        COORDINATOR,
        STAFF,
        State("error", typed={"answer": ""}),
    ),
    page(
        "compensation.ties",
        "/activities/{agreed_activity}/declarations/{declaration}",
        COORDINATOR,
        STAFF,
        State("error", typed={"decision": "perhaps"}),
    ),
)

VOICES = (
    page("questionnaires.overview", "/questionnaires", COORDINATOR, STAFF),
    page(
        "questionnaires.new_questionnaire",
        "/questionnaires/new",
        COORDINATOR,
        STAFF,
        State("error", typed={"title": ""}),
    ),
    page(
        "questionnaires.question_library",
        "/questionnaires/library",
        COORDINATOR,
        STAFF,
        State("adding", "/questionnaires/library?to={questionnaire}&area=dignity"),
        State("empty", "/questionnaires/library?words=zebra"),
    ),
    page(
        "questionnaires.import_form",
        "/questionnaires/import",
        COORDINATOR,
        STAFF,
        State("error", typed={"file": ""}),
    ),
    page("questionnaires.shipped_list", "/questionnaires/shipped", COORDINATOR, STAFF),
    page(
        "questionnaires.shipped_page",
        "/questionnaires/shipped/yearly_children",
        COORDINATOR,
        STAFF,
        State("unknown", "/questionnaires/shipped/zebra", status=404),
    ),
    page(
        "questionnaires.import_page",
        "/questionnaires/imports/{form_import}",
        COORDINATOR,
        STAFF,
        State("stopped", "/questionnaires/imports/{stopped_form_import}"),
    ),
    page(
        "questionnaires.questionnaire_page",
        "/questionnaires/{questionnaire}",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.preview", "/questionnaires/{questionnaire}/preview", COORDINATOR, RESIDENT
    ),
    page(
        "questionnaires.try_out",
        "/questionnaires/{questionnaire}/try",
        COORDINATOR,
        RESIDENT,
        State("question", typed={"answers_for": ""}),
        State("all answers", typed={"screen": "review", "language": "sv", "state": "{}"}),
        State("easy", "/questionnaires/{questionnaire}/try?in=sv&easy=1"),
        State("in Arabic", "/questionnaires/{questionnaire}/preview?in=ar"),
    ),
    page(
        "questionnaires.new_group",
        "/questionnaires/{questionnaire}/questions/{question}/group",
        COORDINATOR,
        STAFF,
        State("error", typed={"title": ""}),
    ),
    page(
        "questionnaires.edit_group",
        "/questionnaires/{grouped}/groups/about_you",
        COORDINATOR,
        STAFF,
        State("among the questions", "/questionnaires/{grouped}"),
    ),
    page(
        "questionnaires.share",
        "/questionnaires/{questionnaire}/questions/{question}/share",
        COORDINATOR,
        STAFF,
        State("error", typed={"owner": "", "area": "access"}),
    ),
    page(
        "questionnaires.media",
        "/questionnaires/{questionnaire}/questions/{question}/media",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.languages",
        "/questionnaires/{questionnaire}/languages",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.translate",
        "/questionnaires/{questionnaire}/translate?to=fi",
        COORDINATOR,
        STAFF,
        State("nothing missing", "/questionnaires/{questionnaire}/translate?to=en&missing=1"),
    ),
    page(
        "questionnaires.edit_question",
        "/questionnaires/{questionnaire}/questions/{question}",
        COORDINATOR,
        STAFF,
        State("shown in Arabic", typed={"show_in": "ar", "text": "Hur går det?"}),
        State("error", typed={"text": "", "kind": "single"}),
    ),
    page(
        "questionnaires.remove",
        "/questionnaires/{questionnaire}/questions/{question}/remove",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.new_question",
        "/questionnaires/{questionnaire}/questions/new",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.new_round",
        "/questionnaires/{questionnaire}/rounds/new",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.edit_texts",
        "/questionnaires/{questionnaire}/texts",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.round_page",
        "/questionnaires/rounds/{round_open}",
        COORDINATOR,
        STAFF,
        State("closed", "/questionnaires/rounds/{round_closed}"),
        State("with names", "/questionnaires/rounds/{round_named}"),
    ),
    page(
        "questionnaires.people",
        "/questionnaires/rounds/{round_named}/people",
        COORDINATOR,
        STAFF,
        State("beyond the last page", "/questionnaires/rounds/{round_named}/people?page=9"),
        State("without names", "/questionnaires/rounds/{round_open}/people", status=404),
    ),
    page(
        "questionnaires.person",
        "/questionnaires/rounds/{round_named}/people/{named_answer}",
        COORDINATOR,
        STAFF,
        State("unknown", "/questionnaires/rounds/{round_named}/people/00", status=404),
    ),
    page(
        "questionnaires.take_back_answer",
        "/questionnaires/rounds/{round_named}/people/{named_answer}/take-back",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.letters",
        "/questionnaires/rounds/{round_open}/letters",
        COORDINATOR,
        STAFF,
        State("closed", "/questionnaires/rounds/{round_closed}/letters"),
        State("error", typed={"kind": "letters", "words": "sv"}),
    ),
    page(
        "questionnaires.paper",
        "/questionnaires/rounds/{round_open}/paper",
        COORDINATOR,
        STAFF,
        State("closed", "/questionnaires/rounds/{round_closed}/paper"),
        State("published", "/questionnaires/rounds/{round_published}/paper"),
        State("error", typed={"code": "K7QF"}),
    ),
    page(
        "questionnaires.paper_form",
        "/questionnaires/rounds/{round_open}/paper/form",
        COORDINATOR,
        PAPER,
        State("easy", "/questionnaires/rounds/{round_open}/paper/form?words=sv_easy"),
        State("Arabic", "/questionnaires/rounds/{round_open}/paper/form?words=ar"),
        State("unknown", "/questionnaires/rounds/{round_open}/paper/form?words=xx", status=404),
    ),
    page("questionnaires.close", "/questionnaires/rounds/{round_open}/close", COORDINATOR, STAFF),
    page(
        "questionnaires.lengthen",
        "/questionnaires/rounds/{round_open}/lengthen",
        COORDINATOR,
        STAFF,
        State("error", typed={"last_day": "2020-01-01"}),
    ),
    page(
        "questionnaires.mail",
        "/questionnaires/rounds/{round_open}/mail",
        COORDINATOR,
        STAFF,
        State("closed", "/questionnaires/rounds/{round_closed}/mail"),
    ),
    page(
        "questionnaires.mail_list",
        "/questionnaires/rounds/{round_open}/mail/list",
        COORDINATOR,
        STAFF,
        State("error", typed={}),
    ),
    page(
        "questionnaires.mail_send",
        "/questionnaires/rounds/{round_open}/mail/send",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.mail_remind",
        "/questionnaires/rounds/{round_open}/mail/remind",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.mail_replace",
        "/questionnaires/rounds/{round_open}/mail/replace",
        COORDINATOR,
        STAFF,
    ),
    page(
        "questionnaires.give_out",
        "/questionnaires/rounds/{round_open}/give-out",
        COORDINATOR,
        STAFF,
        State("closed", "/questionnaires/rounds/{round_closed}/give-out"),
    ),
    page(
        "questionnaires.posters",
        "/questionnaires/rounds/{round_open}/posters",
        COORDINATOR,
        PAPER,
        State("of all units", "/questionnaires/rounds/{round_open}/posters?unit=all"),
        State("small", "/questionnaires/rounds/{round_open}/posters?size=a5"),
        State("unknown", "/questionnaires/rounds/{round_open}/posters?unit=no", status=404),
    ),
    page("coding.materials", "/coding", COORDINATOR, STAFF),
    page("coding.new_book", "/coding/codebooks/new", COORDINATOR, STAFF),
    page("coding.new_code", "/coding/codebooks/{codebook}/codes/new", COORDINATOR, STAFF),
    page("coding.code", "/coding/codes/{code}", COORDINATOR, STAFF),
    page(
        "coding.bench",
        "/coding/materials/{material}",
        COORDINATOR,
        STAFF,
        State("fresh", "/coding/materials/{fresh_material}"),
    ),
    page("coding.review", "/coding/materials/{unread_material}/review", COORDINATOR, STAFF),
    page("coding.one_text", "/coding/texts/{material_text}", COORDINATOR, STAFF),
    page("coding.review_one", "/coding/texts/{unread_text}/review", COORDINATOR, STAFF),
    page(
        "inventory.overview",
        "/inventory",
        COORDINATOR,
        STAFF,
        State("nothing fits", "/inventory?words=zebra"),
    ),
    page(
        "inventory.new_survey",
        "/inventory/new",
        COORDINATOR,
        STAFF,
        State("error", typed={"title": "", "link": "http://x"}),
    ),
    page("inventory.edit_survey", "/inventory/{inventory_survey}", COORDINATOR, STAFF),
    page(
        "inventory.import_list",
        "/inventory/import",
        COORDINATOR,
        STAFF,
        State("error", typed={"file": ""}),
    ),
    page(
        "inventory.check_list",
        "/inventory/imports/{inventory_import}",
        COORDINATOR,
        STAFF,
        State("stopped", "/inventory/imports/{stopped_inventory_import}"),
    ),
    page("results.index", "/results", COORDINATOR, STAFF),
    page(
        "results.round_page",
        "/results/rounds/{round_closed}",
        COORDINATOR,
        STAFF,
        State("published", "/results/rounds/{round_published}"),
    ),
    page(
        "results.ask_withdraw_totals",
        "/results/rounds/{round_published}/withdraw",
        COORDINATOR,
        STAFF,
    ),
    page(
        "results.cross_table",
        "/results/rounds/{round_published}/cross",
        COORDINATOR,
        STAFF,
        State(
            "crossed",
            "/results/rounds/{round_published}/cross?first=knows_contact&second=written_plan",
        ),
        State(
            "the same",
            "/results/rounds/{round_published}/cross?first=written_plan&second=written_plan",
        ),
    ),
    page(
        "results.export_page",
        "/results/rounds/{round_closed}/answers",
        COORDINATOR,
        STAFF,
        State("error", typed={"reason": ""}),
    ),
    page("results.new_finding", "/results/findings/new", COORDINATOR, STAFF),
    page(
        "results.finding",
        "/results/findings/{draft_finding}",
        COORDINATOR,
        STAFF,
        State("published", "/results/findings/{finding}"),
    ),
    page("results.edit_finding", "/results/findings/{draft_finding}/edit", COORDINATOR, STAFF),
    page("results.figure", "/results/findings/{draft_finding}/figure", COORDINATOR, STAFF),
    page("results.choose_quotes", "/results/findings/{draft_finding}/quotes", COORDINATOR, STAFF),
    page("results.ask_withdraw", "/results/findings/{finding}/withdraw", COORDINATOR, STAFF),
)

COUNCIL_PAGES = (
    page("council.workspace", "/council/workspace", COUNCIL, STAFF),
    page("council.meetings", "/council/meetings", COUNCIL, STAFF),
    page(
        "council.meeting",
        "/council/meetings/{meeting}",
        COUNCIL,
        STAFF,
        State("coming", "/council/meetings/{coming_meeting}"),
    ),
    page("council.new_meeting", "/council/meetings/new", COORDINATOR, STAFF),
    page(
        "council.new_series",
        "/council/meetings/series",
        COORDINATOR,
        STAFF,
        State("error", typed={"title": "", "count": "99"}),
    ),
    page("council.point", "/council/meetings/{paper_meeting}/points/{paper_point}", COUNCIL, STAFF),
    page("council.write", "/council/meetings/{draft_meeting}/minutes/write", COUNCIL, STAFF),
    page("council.adjusters", "/council/meetings/{draft_meeting}/adjusters", COUNCIL, STAFF),
    page("council.print_minutes", "/council/meetings/{meeting}/print", COUNCIL, STAFF),
    page("council.decisions", "/council/decisions", COUNCIL, STAFF),
    page("council.draw", "/council/draw", COORDINATOR, STAFF),
    page("council.my_seat", "/council/my-seat", COUNCIL, STAFF),
    page("council.leave", "/council/my-seat/leave", COUNCIL_MEMBER, STAFF),
    page("council.my_places", "/council/my-places", SIGNED_IN, RESIDENT),
    page("council.people", "/council/people", COUNCIL, STAFF),
    page("council.representations", "/council/representations", COUNCIL, STAFF),
    page(
        "council.confirm_end", "/council/representations/{representation}/end", COORDINATOR, STAFF
    ),
    page("council.new_representation", "/council/representations/new", COORDINATOR, STAFF),
    page("council.empty_seat", "/council/seats/{seat}/empty", COORDINATOR, STAFF),
    page(
        "council.fill_seat",
        "/council/seats/{empty_seat}/fill",
        COORDINATOR,
        STAFF,
        State("found", "/council/seats/{empty_alternate}/fill?q=a"),
    ),
    page("council.statements", "/council/statements", COUNCIL, STAFF),
    page("council.new_statement", "/council/statements/new", COUNCIL, STAFF),
    page("council.change", "/council/statements/{draft_statement}/change", COUNCIL, STAFF),
    page(
        "council.check_statement",
        "/council/statements/{draft_statement}/check",
        COUNCIL,
        STAFF,
        State("agreed", "/council/statements/{agreed_statement}/check"),
    ),
    page(
        "council.ask_throw_away",
        "/council/statements/{draft_statement}/throw-away",
        COUNCIL,
        STAFF,
    ),
    page("council.follow_up", "/council/statements/{answered_statement}/follow-up", COUNCIL, STAFF),
    page("council.new_term", "/council/terms/new", COORDINATOR, STAFF),
)

AUDIT_PAGES = (
    page("audits.audit_list", "/audits", AUDIT_READERS, STAFF),
    page("audits.order", "/audits/order", ORGANISATIONS - COORDINATOR, STAFF),
    page("audits.overview", "/audits/{audit}", ITS_AUDIT, STAFF),
    page("audits.team", "/audits/{audit}/team", AUDIT_INSIDE, STAFF),
    page("audits.guide", "/audits/{audit}/guide", AUDIT_INSIDE, STAFF),
    page("audits.interviews", "/audits/{audit}/interviews", AUDIT_INSIDE, STAFF),
    page("audits.new_interview", "/audits/{audit_going_on}/interviews/new", AUDIT_TEAM, STAFF),
    page("audits.one_interview", "/audits/{audit}/interviews/{interview}", AUDIT_TEAM, STAFF),
    page(
        "audits.edit_interview",
        "/audits/{audit_going_on}/interviews/{fresh_interview}/change",
        AUDIT_TEAM,
        STAFF,
    ),
    page(
        "audits.forget",
        "/audits/{audit_going_on}/interviews/{fresh_interview}/forget",
        AUDIT_TEAM,
        STAFF,
    ),
    page("audits.report", "/audits/{audit}/report", ITS_AUDIT, STAFF),
    page("audits.write", "/audits/{audit}/report/write", AUDIT_INSIDE, STAFF),
    page("audits.proposals", "/audits/{audit}/proposals", ITS_AUDIT, STAFF),
    page("audits.follow_up", "/audits/{audit}/follow-up", COORDINATOR, STAFF),
    page("audits.publish", "/audits/{audit}/publish", COORDINATOR, STAFF),
)

DRAW_PAGES = (
    page("draws.draw_list", "/draws", EVERYBODY, READER),
    page(
        "draws.one",
        "/draws/{draw_made}",
        EVERYBODY,
        READER,
        State("waits for its seed", "/draws/{draw_sealed}"),
        State("cancelled", "/draws/{draw_cancelled}"),
        State("not published", "/draws/{draw_stuck}", status=404),
    ),
    page("draws.my_draws", "/my-draws", SIGNED_IN, RESIDENT),
    page("draws.my_draw", "/my-draws/{draw_made}", ASKED, RESIDENT),
    page("selection.draw_list", "/selection", COORDINATOR, STAFF),
    page(
        "selection.overview",
        "/selection/{draw_made}",
        COORDINATOR,
        STAFF,
        State("being prepared", "/selection/{draw_stuck}"),
        State("quotas agreed", "/selection/{draw_agreed}"),
        State("waits for its seed", "/selection/{draw_sealed}"),
        State("cancelled", "/selection/{draw_cancelled}"),
        State("unknown", "/selection/nosuchdraw12", status=404),
    ),
    page(
        "selection.quotas",
        "/selection/{draw_stuck}/quotas",
        COORDINATOR,
        STAFF,
        State("agreed and priced", "/selection/{draw_made}/quotas"),
        State("error", typed={"min.gender.woman": "många", "max.gender.man": "-1"}),
    ),
    page(
        "selection.people",
        "/selection/{draw_made}/people",
        COORDINATOR,
        STAFF,
        State("being prepared", "/selection/{draw_stuck}/people"),
    ),
    page("selection.spread", "/selection/{draw_made}/spread", COORDINATOR, STAFF),
    page(
        "selection.publish",
        "/selection/{draw_agreed}/publish",
        COORDINATOR,
        STAFF,
        State("error", typed={"seed_source": "", "due_day": "i morgon", "due_clock": ""}),
    ),
    page(
        "selection.seed",
        "/selection/{draw_due}/seed",
        COORDINATOR,
        STAFF,
        State("too early", "/selection/{draw_sealed}/seed"),
        State("closed", "/selection/{draw_made}/seed"),
        State("error", typed={"value": "1 2 3", "again": "1 2 4", "witnessed_by": ""}),
    ),
    page(
        "selection.cancel",
        "/selection/{draw_sealed}/cancel",
        COORDINATOR,
        STAFF,
        State("closed", "/selection/{draw_cancelled}/cancel"),
        State("error", typed={"reason": ""}),
    ),
    page(
        "selection.leave",
        "/selection/{draw_made}/places/{draw_number}/leave",
        COORDINATOR,
        STAFF,
    ),
    page(
        "selection.home_list",
        "/selection/households",
        COORDINATOR,
        STAFF,
        State("error", typed={"codes": "K-ZZZZ"}),
    ),
    page(
        "activities.draw",
        "/activities/{activity}/draw",
        COORDINATOR,
        STAFF,
        State("drawn", "/activities/{drawn_activity}/draw"),
        State("seats", "/activities/{lot_activity}/draw"),
        State("closed", "/activities/{past_activity}/draw"),
        State("error", typed={"people": "många", "alternates": "-1"}),
    ),
)

CARE = (
    page(
        "account_admin.account_list",
        "/accounts",
        ADMINISTRATOR,
        STAFF,
        State("empty", "/accounts?q=xyzzyx"),
    ),
    page("account_admin.one", "/accounts/{account}", ADMINISTRATOR, STAFF),
    page(
        "account_admin.new",
        "/accounts/new",
        ADMINISTRATOR,
        STAFF,
        State("error", typed={"email": "", "display_name": ""}),
    ),
    page("event_log.entries", "/event-log", OFFICER, STAFF),
    page("operations.overview", "/operations", OPERATORS, STAFF),
    page("operations.job_list", "/operations/jobs", OPERATORS, STAFF),
    page("operations.mail_list", "/operations/mails", OPERATORS, STAFF),
    page("operations.mail", "/operations/mails/{mail}", ADMINISTRATOR, STAFF),
)

# The coordinator's rooms of the interest bank.
BANK_PAGES = (
    page(
        "interest_bank.name_search",
        "/interest-bank/members/save?ages=18-29&municipality=0880",
        COORDINATOR,
        STAFF,
        State("error", "/interest-bank/members/save", typed={"name": ""}),
    ),
    page("interest_bank.searches", "/interest-bank/searches", COORDINATOR, STAFF),
    page(
        "interest_bank.ask_delete_search",
        "/interest-bank/searches/{saved_search}/delete",
        COORDINATOR,
        STAFF,
    ),
    page(
        "interest_bank.ask_remove_note",
        "/interest-bank/members/{noted_member}/notes/{own_note}/delete",
        COORDINATOR,
        STAFF,
    ),
    page(
        "interest_bank.export",
        "/interest-bank/members/export?role=patient",
        COORDINATOR,
        STAFF,
        State("error", typed={"reason": ""}),
    ),
    page(
        "interest_bank.notes",
        "/interest-bank/members/{noted_member}/notes",
        COORDINATOR,
        STAFF,
        State("empty", "/interest-bank/members/{protected_member}/notes"),
        State("error", typed={"text": ""}),
    ),
    page(
        "interest_bank.protected",
        "/interest-bank/members/{protected_member}/protected",
        COORDINATOR,
        STAFF,
        State("error", typed={"reason": ""}),
        State("not protected", "/interest-bank/members/{noted_member}/protected", status=404),
    ),
    page(
        "interest_bank.opened_protected",
        "/interest-bank/opened-protected",
        OFFICER,
        STAFF,
        State("empty", "/interest-bank/opened-protected?page=9"),
    ),
    page(
        "interest_bank.calls",
        "/interest-bank/calls",
        COORDINATOR,
        STAFF,
        State("empty", "/interest-bank/calls?page=9"),
    ),
    page("interest_bank.letters", "/interest-bank/letters", COORDINATOR, STAFF),
    page("interest_bank.letter", "/interest-bank/letters/{letter}", COORDINATOR, STAFF),
    page(
        "interest_bank.assisted",
        "/interest-bank/assisted",
        COORDINATOR,
        STAFF,
        State("error", typed={"name": SCRIPT, "email": "nobody", "birth_year": LONG}),
    ),
    page("interest_bank.paper_form", "/interest-bank/paper-form", EVERYBODY, RESIDENT),
    page("interest_bank.duplicates", "/interest-bank/duplicates", COORDINATOR, STAFF),
    page(
        "interest_bank.duplicate",
        "/interest-bank/duplicates/{pair}",
        COORDINATOR,
        STAFF,
        State("no reason", "/interest-bank/duplicates/{pair}/compare", typed={"reason": ""}),
        State("error", "/interest-bank/duplicates/{pair}", typed={"decision": "first"}),
    ),
    page(
        "interest_bank.imports",
        "/interest-bank/imports",
        COORDINATOR,
        STAFF,
        State("error", typed={}),
    ),
    page(
        "interest_bank.import_page",
        "/interest-bank/imports/{checked_import}",
        COORDINATOR,
        STAFF,
        State("done", "/interest-bank/imports/{done_import}"),
        State("running", "/interest-bank/imports/{running_import}"),
        State("unreadable", "/interest-bank/imports/{unreadable_import}"),
    ),
)
BANK_ACTS = (
    Act("interest_bank.keep_search", "/interest-bank/members/save", COORDINATOR),
    Act("interest_bank.share", "/interest-bank/searches/{saved_search}/share", COORDINATOR),
    Act(
        "interest_bank.delete_search", "/interest-bank/searches/{saved_search}/delete", COORDINATOR
    ),
    Act("interest_bank.export_file", "/interest-bank/members/export", COORDINATOR),
    Act("interest_bank.add_note", "/interest-bank/members/{noted_member}/notes", COORDINATOR),
    Act(
        "interest_bank.remove_note",
        "/interest-bank/members/{noted_member}/notes/{own_note}/delete",
        COORDINATOR,
    ),
    Act(
        "interest_bank.open_protected",
        "/interest-bank/members/{protected_member}/protected",
        COORDINATOR,
    ),
    Act("interest_bank.call_me_please", "/interest-bank/call-me", EVERYBODY),
    Act("interest_bank.settle", "/interest-bank/calls/{call}", COORDINATOR),
    Act("interest_bank.find_members", "/interest-bank/members", COORDINATOR),
    Act("interest_bank.tell_letter", "/interest-bank/letters/{letter}", COORDINATOR),
    Act("interest_bank.assist", "/interest-bank/assisted", COORDINATOR),
    Act("interest_bank.open_member", "/interest-bank/members/{member}", COORDINATOR),
    Act("interest_bank.compare", "/interest-bank/duplicates/{pair}/compare", COORDINATOR),
    Act("interest_bank.decide", "/interest-bank/duplicates/{pair}", COORDINATOR),
    Act("interest_bank.upload", "/interest-bank/imports", COORDINATOR),
    Act(
        "interest_bank.change_columns",
        "/interest-bank/imports/{checked_import}/columns",
        COORDINATOR,
    ),
    Act(
        "interest_bank.confirm_import_it",
        "/interest-bank/imports/{checked_import}/confirm",
        COORDINATOR,
    ),
    Act("interest_bank.drop", "/interest-bank/imports/{checked_import}/drop", COORDINATOR),
    Act("interest_bank.undo", "/interest-bank/imports/{done_import}/undo", COORDINATOR),
)

PAGES: tuple[Page, ...] = (
    *PUBLIC_PAGES,
    *JOINING,
    *ANSWERING,
    *SIGNING_IN,
    *OWN_PAGES,
    *STAFF_PAGES,
    *BANK_PAGES,
    *COMPENSATION,
    *VOICES,
    *COUNCIL_PAGES,
    *AUDIT_PAGES,
    *DRAW_PAGES,
    *CARE,
)

# Pages without a route of their own: what is shown when something is refused.
REFUSALS = (
    State("not found", "/no-such-page", status=404, readers=EVERYBODY),
    State("forbidden", "/operations", status=403, readers=SIGNED_IN - OPERATORS),
    State("wrong method", "/sign-out", status=405, readers=NOT_SIGNED_IN),
)

OTHERS = (
    Other(
        "council.paper",
        "/council/meetings/{paper_meeting}/points/{paper_point}/papers/{paper}",
        COUNCIL,
        "application/pdf",
    ),
    Other(
        "results.download_answers",
        "/results/answers/{answer_export}/file",
        COORDINATOR,
        "text/csv",
    ),
    Other(
        "results.download_syntax",
        "/results/answers/{answer_export}/spss",
        COORDINATOR,
        "text/plain",
    ),
    Other("inventory.list_csv", "/surveys/list.csv", EVERYBODY, "text/csv"),
    Other(
        "inventory.list_xlsx",
        "/surveys/list.xlsx",
        EVERYBODY,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Other("results.release_pdf", "/releases/{release}/results.pdf", EVERYBODY, PDF_OR_PAGE),
    Other("results.tables_json", "/releases/{release}/tables.json", EVERYBODY, "application/json"),
    Other("results.tables_csv", "/releases/{release}/tables.csv", EVERYBODY, "text/csv"),
    Other(
        "results.tables_xlsx",
        "/releases/{release}/tables.xlsx",
        EVERYBODY,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Other("draws.lottery_file", "/draws/{draw_made}/lottery.json", EVERYBODY, "application/json"),
    Other(
        "draws.successor_lot",
        "/draws/{draw_made}/successors/{drawn_successor}.json",
        EVERYBODY,
        "application/json",
    ),
    Other("draws.script", "/draws/replay.py", EVERYBODY, "text/x-python"),
    Other("selection.full", "/selection/{draw_made}/full.json", COORDINATOR, "application/json"),
    Other("organisations.workspaces", "/my-organisation", SPEAKERS),
    Other("health.live", "/health/live", EVERYBODY, "application/json"),
    Other("health.ready", "/health/ready", EVERYBODY, "application/json"),
    Other("accounts.export_to_read", "/me/data.txt", SIGNED_IN, "text/plain"),
    Other("accounts.export", "/me/data.json", SIGNED_IN, "application/json"),
    Other("invitations.calendar", "/i/{accepted}/calendar.ics", EVERYBODY, "text/calendar"),
    Other("calendars.subscribed", "/calendar/{calendar}.ics", EVERYBODY, "text/calendar"),
    Other("assignments.ask_again", "/i/{to_agree}/agreement/ask", EVERYBODY),
    Other(
        "assignments.receipt",
        "/i/{with_receipt}/compensation/files/{receipt}",
        EVERYBODY,
        "application/pdf",
    ),
    Other(
        "compensation.receipt",
        "/compensation/{claim_with_receipt}/files/{receipt}",
        COORDINATOR,
        "application/pdf",
    ),
    Other(
        "compensation.payroll_csv", "/compensation/payroll/{batch}/payroll.csv", PAYERS, "text/csv"
    ),
    Other("compensation.totals_csv", "/compensation/totals.csv", COST_READERS, "text/csv"),
    Other(
        "compensation.totals_xlsx",
        "/compensation/totals.xlsx",
        COST_READERS,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Other("question_media.shown", "/m/{question_picture}", EVERYBODY, "image/png"),
    Other(
        "questionnaires.qr_code",
        "/questionnaires/rounds/{round_open}/qr.svg",
        COORDINATOR,
        "image/svg+xml",
    ),
    Other(
        "questionnaires.paper_form_pdf",
        "/questionnaires/rounds/{round_open}/paper/form.pdf",
        COORDINATOR,
        PDF_OR_PAGE,
    ),
    *(
        Other(f"questionnaires.{name}_paper_again", f"{PAPERS}/{name}", COORDINATOR)
        for name in ("print", "save", "decide")
    ),
    Other(
        "questionnaires.take_late_again",
        "/questionnaires/rounds/{round_closed}/paper/late",
        COORDINATOR,
    ),
    Other(
        "questionnaires.posters_pdf",
        "/questionnaires/rounds/{round_open}/posters.pdf?unit=all",
        COORDINATOR,
        PDF_OR_PAGE,
    ),
    Other(
        "questionnaires.fhir",
        "/questionnaires/{questionnaire}/fhir",
        COORDINATOR,
        "application/fhir+json",
    ),
    Other(
        "questionnaires.xlsform",
        "/questionnaires/{questionnaire}/xlsform",
        COORDINATOR,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Other(
        "questionnaires.withdraw_again", "/questionnaires/rounds/{round_open}/withdraw", COORDINATOR
    ),
    Other("interest_bank.compare_again", "/interest-bank/duplicates/{pair}/compare", COORDINATOR),
    Other(
        "questionnaires.people_file_again",
        "/questionnaires/rounds/{round_named}/people/file",
        COORDINATOR,
    ),
    Other("answering.start_kiosk_again", "/k/{tablet}/start", EVERYBODY),
    Other("answering.leave_again", "/a/{draft}/leave", EVERYBODY),
    Other("answering.send_again", "/a/{draft}/send", EVERYBODY),
    Other("answering.start_personal_again", "/a/{draft}/start", EVERYBODY),
    Other("answering.start_open_again", "/q/{open_link}/start", EVERYBODY),
)

ACTS = (
    *BANK_ACTS,
    Act("activities.draw_the_seats", "/activities/{lot_activity}/draw/seats", COORDINATOR),
    Act("activities.begin_draw", "/activities/{planned_activity}/draw", COORDINATOR),
    Act(
        "activities.invite_drawn",
        "/activities/{drawn_activity}/draw/{draw_made}/invite",
        COORDINATOR,
    ),
    Act("selection.save_quotas", "/selection/{draw_stuck}/quotas", COORDINATOR),
    Act("selection.like_county", "/selection/{draw_stuck}/quotas/like-county", COORDINATOR),
    Act("selection.features", "/selection/{draw_stuck}/features", COORDINATOR),
    Act("selection.relax", "/selection/{draw_stuck}/quotas/relax", COORDINATOR),
    Act("selection.prices", "/selection/{draw_stuck}/quotas/prices", COORDINATOR),
    Act("selection.agree", "/selection/{draw_stuck}/quotas/agree", COORDINATOR),
    Act("selection.reopen", "/selection/{draw_agreed}/quotas/reopen", COORDINATOR),
    Act("selection.publish_it", "/selection/{draw_agreed}/publish", COORDINATOR),
    Act("selection.observe", "/selection/{draw_made}/observers", COORDINATOR),
    Act("selection.enter_it", "/selection/{draw_due}/seed", COORDINATOR),
    Act("selection.draw_it", "/selection/{draw_due}/draw", COORDINATOR),
    Act("selection.close", "/selection/{draw_made}/close", COORDINATOR),
    Act("selection.cancel_it", "/selection/{draw_sealed}/cancel", COORDINATOR),
    Act("selection.leave_it", "/selection/{draw_made}/places/{draw_number}/leave", COORDINATOR),
    Act("selection.answer_swap", "/selection/{draw_made}/replacements/{draw_swap}", COORDINATOR),
    Act("selection.note_declared", "/selection/households", COORDINATOR),
    Act("selection.note_same_phone", "/selection/households/same-phone", COORDINATOR),
    Act("selection.forget", "/selection/households/{household}/forget", COORDINATOR),
    Act("accounts.ask_for_link", "/sign-in", EVERYBODY),
    Act("accounts.use_code", "/sign-in/code", EVERYBODY),
    Act("accounts.use_link", "/sign-in/link/{link}", EVERYBODY),
    Act("accounts.use_password", "/sign-in/password", EVERYBODY),
    Act("accounts.use_invitation", "/sign-in/invitation/{password_invitation}", EVERYBODY),
    Act("accounts.sign_out", "/sign-out", EVERYBODY),
    Act("accounts.change_email", "/me/email", SIGNED_IN),
    Act("accounts.use_new_email", "/me/email/{new_email}", ASKED),
    Act("accounts.erase", "/me/erase", SIGNED_IN),
    Act("accounts.change_language", "/me/language", SIGNED_IN),
    Act("accounts.change_name", "/me/name", SIGNED_IN),
    Act("accounts.end_session_elsewhere", "/me/sessions/unknown/end", SIGNED_IN),
    Act("accounts.sign_out_everywhere", "/me/sessions/end-all", SIGNED_IN),
    Act("account_admin.close", "/accounts/{account}/close", ADMINISTRATOR),
    Act("account_admin.invite", "/accounts/{account}/invite", ADMINISTRATOR),
    Act("account_admin.reopen", "/accounts/{account}/open", ADMINISTRATOR),
    Act("account_admin.grant", "/accounts/{account}/roles", ADMINISTRATOR),
    Act(
        "account_admin.revoke",
        "/accounts/{auditor_account}/roles/{assignment}/revoke",
        ADMINISTRATOR,
    ),
    Act("account_admin.create", "/accounts/new", ADMINISTRATOR),
    Act("interest_bank.confirm_it", "/interest-bank/confirm/{joining}", EVERYBODY),
    Act("interest_bank.not_me", "/interest-bank/confirm/{joining}/not-me", EVERYBODY),
    Act("interest_bank.join_step", "/interest-bank/join", EVERYBODY),
    Act("interest_bank.young_join_step", "/young/join", EVERYBODY),
    Act("interest_bank.guardian_answers", "/guardian/{guardian}", EVERYBODY),
    Act("interest_bank.guardian_withdraws_it", "/guardian/withdraw/{guardian_receipt}", EVERYBODY),
    Act("interest_bank.ask_guardian_again", "/membership/guardian", CHILD),
    Act("interest_bank.stop_waiting", "/membership/guardian/stop", CHILD),
    Act("interest_bank.protect", "/interest-bank/members/{member}/protection", COORDINATOR),
    Act(
        "interest_bank.change_member_part",
        "/interest-bank/members/{member}/change/who",
        COORDINATOR,
    ),
    Act("interest_bank.note_that_died", "/interest-bank/members/{member}/death", COORDINATOR),
    Act("interest_bank.change_it", "/membership/change/who", MEMBERS),
    Act("interest_bank.leave_it", "/membership/leave", MEMBERS),
    Act("interest_bank.pause_it", "/membership/pause", MEMBERS),
    Act("interest_bank.resume", "/membership/resume", MEMBERS),
    Act("invitations.answer", "/i/{invited}", EVERYBODY),
    Act("invitations.evaluate", "/i/{was_there}/evaluation", EVERYBODY),
    Act("calendars.renew", "/me/calendar", SIGNED_IN),
    Act("calendars.stop", "/me/calendar/stop", SIGNED_IN),
    Act("assignments.agree", "/i/{to_agree}/agreement", EVERYBODY),
    Act("assignments.ask", "/i/{to_agree}/agreement/ask", EVERYBODY),
    Act("assignments.declare", "/i/{to_agree}/declaration", EVERYBODY),
    Act("assignments.send", "/i/{to_claim}/compensation", EVERYBODY),
    Act("assignments.withdraw", "/i/{sent_claim}/compensation/withdraw", EVERYBODY),
    Act(
        "assignments.remove",
        "/i/{with_receipt}/compensation/files/{receipt}/remove",
        EVERYBODY,
    ),
    Act("compensation.approve_several", "/compensation", COORDINATOR),
    Act("compensation.approve", "/compensation/{claim_submitted}/approve", COORDINATOR),
    Act("compensation.send_back", "/compensation/{claim_submitted}/return", COORDINATOR),
    Act("compensation.take_back", "/compensation/{claim_approved}/take-back", COORDINATOR),
    Act("compensation.reopen", "/compensation/{claim_closed}/reopen", COORDINATOR),
    Act("compensation.adjust", "/compensation/{claim_submitted}/lines/{claim_line}", COORDINATOR),
    Act("compensation.file_from_paper", "/compensation/{claim_offered}/file", COORDINATOR),
    Act("compensation.export", "/compensation/payroll", PAYERS),
    Act("compensation.paid", "/compensation/payroll/{batch}/paid", PAYERS),
    Act("compensation.set_them", "/activities/{agreed_activity}/agreements/terms", COORDINATOR),
    Act("compensation.remind_them", "/activities/{agreed_activity}/agreements/remind", COORDINATOR),
    Act(
        "compensation.answer",
        "/activities/{agreed_activity}/agreements/{asked_agreement}",
        COORDINATOR,
    ),
    Act(
        "compensation.decide",
        "/activities/{agreed_activity}/declarations/{declaration}",
        COORDINATOR,
    ),
    Act("answering.name", "/a/{named_draft}/name", EVERYBODY),
    Act("answering.start_kiosk", "/k/{tablet}/start", EVERYBODY),
    Act("answering.leave", "/a/{draft}/leave", EVERYBODY),
    Act("answering.start_open", "/q/{open_link}/start", EVERYBODY),
    Act("answering.start_personal", "/a/{draft}/start", EVERYBODY),
    Act("answering.save_screen", "/a/{draft}/q/{screen}", EVERYBODY),
    Act("answering.save_all", "/a/{draft}/all", EVERYBODY),
    Act("answering.send", "/a/{draft}/send", EVERYBODY),
    Act("answering.enter_code", "/code", EVERYBODY),
    Act("answering.take_back", "/withdraw", EVERYBODY),
    Act("requests.create_request", "/requests/new", ASKERS),
    Act("requests.change_request", "/requests/{draft_request}/edit", OTHER_ASKERS),
    Act("requests.add_message", "/requests/{request}/messages", MUNICIPAL),
    Act("organisations.ask_for_place", "/user-organisations/register", EVERYBODY),
    Act("organisations.speak_for_it", "/speak-for/{speaking}", EVERYBODY),
    Act("organisations.answer_nomination", "/nominated/{nominated}", EVERYBODY),
    Act("organisations.send_ask", "/nominations/new", COORDINATOR),
    Act("organisations.nominate_somebody", "/nominations/{ask}", OWN_ORGANISATION),
    Act(
        "organisations.take_back_nomination",
        "/nominations/{ask}/{nomination}/withdraw",
        OWN_ORGANISATION,
    ),
    Act("organisations.close_nominations", "/nominations/{ask}/close", COORDINATOR),
    Act("organisations.accept", "/organisations/applications/{application}/accept", COORDINATOR),
    Act("organisations.decline", "/organisations/applications/{application}/decline", COORDINATOR),
    Act(
        "organisations.invite_speaker",
        "/user-organisations/{user_organisation}/speakers",
        OWN_ORGANISATION,
    ),
    Act(
        "organisations.take_back",
        "/user-organisations/{user_organisation}/invitations/{speaker_invitation}/take-back",
        OWN_ORGANISATION,
    ),
    Act(
        "organisations.remove_speaker_of",
        "/user-organisations/{user_organisation}/speakers/{speaker}/remove",
        OWN_ORGANISATION,
    ),
    Act(
        "organisations.save_about",
        "/user-organisations/{user_organisation}/about",
        OWN_ORGANISATION,
    ),
    Act(
        "organisations.start_dialogue",
        "/user-organisations/{user_organisation}/dialogues/new",
        OWN_ORGANISATION,
    ),
    Act("organisations.write_line", "/dialogues/{dialogue}/messages", OWN_ORGANISATION),
    Act("organisations.save_meeting", "/dialogues/{dialogue}/meeting", OWN_ORGANISATION),
    Act("organisations.make_statement", "/dialogues/{dialogue}/statements", SPEAKERS),
    Act("organisations.arrange", "/dialogues/{dialogue}/together", COORDINATOR),
    Act("organisations.end_dialogue", "/dialogues/{dialogue}/close", OWN_ORGANISATION),
    Act("training.tell_me", "/training/{course}/tell-me", SIGNED_IN),
    Act("training.tell_me_no_more", "/training/{course}/tell-me-no-more", SIGNED_IN),
    Act("training.create_course", "/training/new", COORDINATOR),
    Act("training.save_course", "/training/{own_course}/edit", COORDINATOR),
    Act("training.retire", "/training/{own_course}/retire", COORDINATOR),
    Act("training.save_person", "/training/{course}/people/add", COORDINATOR),
    Act("training.withdraw_it", "/training/{course}/people/{completion}/withdraw", COORDINATOR),
    Act("requests.read_messages", "/requests/{request}/read", MUNICIPAL),
    Act("requests.withdraw_it", "/requests/{request}/withdraw", MUNICIPAL),
    Act("requests.send_back", "/requests/{request}/return", COORDINATOR),
    Act("adoption.save_adoption", "/organisations/{adopter}/adoption", COORDINATOR),
    Act("adoption.end_it", "/organisations/{adopter}/adoption/end", COORDINATOR),
    Act("adoption.add_contact", "/organisations/{adopter}/contacts/new", COORDINATOR),
    Act("adoption.save_contact", "/organisations/{adopter}/contacts/{contact}", COORDINATOR),
    Act(
        "adoption.remove_contact",
        "/organisations/{adopter}/contacts/{contact}/remove",
        COORDINATOR,
    ),
    Act("requests.accept", "/requests/{request}/accept", COORDINATOR),
    Act("requests.decline", "/requests/{request}/decline", COORDINATOR),
    Act("activities.make_activity", "/activities/new", COORDINATOR),
    Act("activities.edit_it", "/activities/{activity}/edit", COORDINATOR),
    Act("activities.cancel_it", "/activities/{activity}/cancel", COORDINATOR),
    Act("activities.invite_them", "/activities/{activity}/invite", COORDINATOR),
    Act("activities.answer_children", "/activities/{activity}/children", COORDINATOR),
    Act("activities.close", "/activities/{past_activity}/attendance", COORDINATOR),
    Act("activities.note", "/activities/{held_activity}/attendance/{member}", COORDINATOR),
    Act("activities.plan", "/activities/{activity}/rounds", COORDINATOR),
    Act("activities.stop", "/activities/{asked_activity}/rounds/stop", COORDINATOR),
    Act(
        "activities.write_invitation_words",
        "/activities/{activity}/invitation-words",
        COORDINATOR,
    ),
    Act("activities.make_reminder", "/activities/{activity}/reminders/new", COORDINATOR),
    Act("activities.usual_reminders", "/activities/{activity}/reminders/usual", COORDINATOR),
    Act(
        "activities.change_reminder",
        "/activities/{asked_activity}/reminders/{reminder}",
        COORDINATOR,
    ),
    Act(
        "activities.remove_reminder",
        "/activities/{asked_activity}/reminders/{reminder}/remove",
        COORDINATOR,
    ),
    Act(
        "activities.show",
        "/activities/{evaluated_activity}/evaluation/{unread_evaluation}",
        COORDINATOR,
    ),
    Act(
        "activities.record",
        "/activities/{activity}/answers/{activity_invitation}/record",
        COORDINATOR,
    ),
    Act(
        "activities.reply",
        "/activities/{asked_activity}/answers/{asking_invitation}/reply",
        COORDINATOR,
    ),
    Act(
        "activities.withdraw",
        "/activities/{activity}/answers/{activity_invitation}/withdraw",
        COORDINATOR,
    ),
    Act("commitments.answer", "/commitments/{open_commitment}/answer", ITS_ASKERS),
    Act("commitments.status", "/commitments/{commitment}/status", ITS_ASKERS),
    Act("commitments.move", "/commitments/{open_commitment}/move", COORDINATOR),
    Act("commitments.remind", "/commitments/{open_commitment}/remind", COORDINATOR),
    Act("follow_up.new_feedback", "/commitments/{commitment}/feedback", COORDINATOR),
    Act("follow_up.feedback_check", "/you-said-we-did/{matter}/check", COORDINATOR),
    Act("follow_up.plan_status", "/plan-actions/{plan_action}/status", ITS_GROUP),
    Act("follow_up.plan_findings", "/plan-actions/{plan_action}/findings", COORDINATOR),
    Act(
        "questionnaires.add_from_library",
        "/questionnaires/{questionnaire}/library/lib_respect",
        COORDINATOR,
    ),
    Act("questionnaires.import_form", "/questionnaires/import", COORDINATOR),
    Act(
        "questionnaires.confirm_import",
        "/questionnaires/imports/{form_import}/confirm",
        COORDINATOR,
    ),
    Act("questionnaires.drop_import", "/questionnaires/imports/{form_import}/drop", COORDINATOR),
    Act("questionnaires.publish", "/questionnaires/{questionnaire}/publish", COORDINATOR),
    Act("questionnaires.fetch", "/questionnaires/shipped/yearly_children", COORDINATOR),
    Act(
        "questionnaires.new_group",
        "/questionnaires/{questionnaire}/questions/{question}/group",
        COORDINATOR,
    ),
    Act("questionnaires.edit_group", "/questionnaires/{grouped}/groups/about_you", COORDINATOR),
    Act(
        "questionnaires.dissolve",
        "/questionnaires/{grouped}/groups/about_you/dissolve",
        COORDINATOR,
    ),
    Act(
        "questionnaires.share",
        "/questionnaires/{questionnaire}/questions/{question}/share",
        COORDINATOR,
    ),
    Act(
        "questionnaires.unshare", "/questionnaires/library/{shared_question}/withdraw", COORDINATOR
    ),
    Act(
        "questionnaires.save_picture",
        "/questionnaires/{questionnaire}/questions/{question}/picture",
        COORDINATOR,
    ),
    Act(
        "questionnaires.save_sound",
        "/questionnaires/{questionnaire}/questions/{question}/sound",
        COORDINATOR,
    ),
    Act(
        "questionnaires.drop_medium",
        "/questionnaires/{questionnaire}/questions/{question}/media/drop",
        COORDINATOR,
    ),
    Act("questionnaires.translate", "/questionnaires/{questionnaire}/translate?to=fi", COORDINATOR),
    Act("questionnaires.try_out", "/questionnaires/{questionnaire}/try", COORDINATOR),
    Act(
        "questionnaires.edit_question",
        "/questionnaires/{questionnaire}/questions/{question}",
        COORDINATOR,
    ),
    Act(
        "questionnaires.move",
        "/questionnaires/{questionnaire}/questions/{question}/move",
        COORDINATOR,
    ),
    Act(
        "questionnaires.copy",
        "/questionnaires/{questionnaire}/questions/{question}/copy",
        COORDINATOR,
    ),
    Act("questionnaires.undo", "/questionnaires/{questionnaire}/undo", COORDINATOR),
    Act(
        "questionnaires.remove",
        "/questionnaires/{questionnaire}/questions/{question}/remove",
        COORDINATOR,
    ),
    Act(
        "questionnaires.new_question",
        "/questionnaires/{questionnaire}/questions/new",
        COORDINATOR,
    ),
    Act("questionnaires.new_round", "/questionnaires/{questionnaire}/rounds/new", COORDINATOR),
    Act("questionnaires.edit_texts", "/questionnaires/{questionnaire}/texts", COORDINATOR),
    Act("questionnaires.new_questionnaire", "/questionnaires/new", COORDINATOR),
    Act("questionnaires.close", "/questionnaires/rounds/{round_open}/close", COORDINATOR),
    Act("questionnaires.lengthen", "/questionnaires/rounds/{round_open}/lengthen", COORDINATOR),
    Act(
        "questionnaires.make_tablet",
        "/questionnaires/rounds/{round_open}/tablet",
        COORDINATOR,
    ),
    Act(
        "questionnaires.people_file",
        "/questionnaires/rounds/{round_named}/people/file",
        COORDINATOR,
    ),
    Act(
        "questionnaires.take_back_answer",
        "/questionnaires/rounds/{round_named}/people/{named_answer}/take-back",
        COORDINATOR,
    ),
    Act("questionnaires.letters", "/questionnaires/rounds/{round_open}/letters", COORDINATOR),
    Act("questionnaires.begin_paper", PAPERS, COORDINATOR),
    Act("questionnaires.print_paper", f"{PAPERS}/print", COORDINATOR),
    Act("questionnaires.save_paper", f"{PAPERS}/save", COORDINATOR),
    Act("questionnaires.decide_paper", f"{PAPERS}/decide", COORDINATOR),
    Act(
        "questionnaires.take_late", "/questionnaires/rounds/{round_closed}/paper/late", COORDINATOR
    ),
    Act(
        "questionnaires.mail_people",
        "/questionnaires/rounds/{round_open}/mail/people",
        COORDINATOR,
    ),
    Act("questionnaires.mail_list", "/questionnaires/rounds/{round_open}/mail/list", COORDINATOR),
    Act("questionnaires.mail_send", "/questionnaires/rounds/{round_open}/mail/send", COORDINATOR),
    Act(
        "questionnaires.mail_remind",
        "/questionnaires/rounds/{round_open}/mail/remind",
        COORDINATOR,
    ),
    Act(
        "questionnaires.mail_replace",
        "/questionnaires/rounds/{round_open}/mail/replace",
        COORDINATOR,
    ),
    Act(
        "questionnaires.make_unit_links",
        "/questionnaires/rounds/{round_open}/give-out",
        COORDINATOR,
    ),
    Act("questionnaires.withdraw", "/questionnaires/rounds/{round_open}/withdraw", COORDINATOR),
    Act("coding.save_code", "/coding/codebooks/{codebook}/codes/new", COORDINATOR),
    Act("coding.save_book", "/coding/codebooks/new", COORDINATOR),
    Act("coding.take_off", "/coding/excerpts/{excerpt}/remove", COORDINATOR),
    Act("coding.choose_book", "/coding/materials/{material}/codebook", COORDINATOR),
    Act("coding.accept_clean", "/coding/materials/{material}/review/clean", COORDINATOR),
    Act("coding.undo_step", "/coding/materials/{material}/undo", COORDINATOR),
    Act("coding.aside", "/coding/texts/{material_text}/aside", COORDINATOR),
    Act("coding.put_code", "/coding/texts/{material_text}/code", COORDINATOR),
    Act("coding.hide", "/coding/texts/{material_text}/mask", COORDINATOR),
    Act("coding.save_review", "/coding/texts/{material_text}/review", COORDINATOR),
    Act("results.save_finding", "/results/findings/{draft_finding}/edit", COORDINATOR),
    Act("results.save_figure", "/results/findings/{draft_finding}/figure/{release}", COORDINATOR),
    Act("results.publish", "/results/findings/{draft_finding}/publish", COORDINATOR),
    Act("results.choose_quote", "/results/findings/{draft_finding}/quotes", COORDINATOR),
    Act("results.approve", "/results/findings/{draft_finding}/quotes/{quote}/approve", COORDINATOR),
    Act("results.drop", "/results/findings/{draft_finding}/quotes/{quote}/drop", COORDINATOR),
    Act("results.withdraw", "/results/findings/{finding}/withdraw", COORDINATOR),
    Act("results.save_new_finding", "/results/findings/new", COORDINATOR),
    Act("inventory.new_survey", "/inventory/new", COORDINATOR),
    Act("inventory.edit_survey", "/inventory/{inventory_survey}", COORDINATOR),
    Act("inventory.end", "/inventory/{inventory_survey}/end", COORDINATOR),
    Act("inventory.take_up", "/inventory/{inventory_survey}/take-up", COORDINATOR),
    Act("inventory.import_list", "/inventory/import", COORDINATOR),
    Act("inventory.confirm_list", "/inventory/imports/{inventory_import}/confirm", COORDINATOR),
    Act("inventory.drop_list", "/inventory/imports/{inventory_import}/drop", COORDINATOR),
    Act("results.preview_totals", "/results/rounds/{round_closed}/preview", COORDINATOR),
    Act("results.publish_totals", "/results/rounds/{round_closed}/publish", COORDINATOR),
    Act("results.order_answers", "/results/rounds/{round_closed}/answers", COORDINATOR),
    Act("results.withdraw_totals", "/results/rounds/{round_published}/withdraw", COORDINATOR),
    Act("council.add_point", "/council/meetings/{coming_meeting}/agenda", COUNCIL),
    Act("council.change_point", "/council/meetings/{paper_meeting}/points/{paper_point}", COUNCIL),
    Act(
        "council.move_earlier",
        "/council/meetings/{paper_meeting}/points/{paper_point}/earlier",
        COUNCIL,
    ),
    Act(
        "council.move_later",
        "/council/meetings/{paper_meeting}/points/{paper_point}/later",
        COUNCIL,
    ),
    Act(
        "council.remove_point",
        "/council/meetings/{paper_meeting}/points/{paper_point}/remove",
        COUNCIL,
    ),
    Act(
        "council.add_paper",
        "/council/meetings/{paper_meeting}/points/{paper_point}/papers",
        COUNCIL,
    ),
    Act(
        "council.take_paper_away",
        "/council/meetings/{paper_meeting}/points/{paper_point}/papers/{paper}/remove",
        COUNCIL,
    ),
    Act("council.send_out", "/council/meetings/{coming_meeting}/send-agenda", COORDINATOR),
    Act("council.decide", "/council/meetings/{coming_meeting}/decisions", COUNCIL),
    Act(
        "council.decision_done",
        "/council/meetings/{decision_meeting}/decisions/{decision}/done",
        COUNCIL,
    ),
    Act(
        "council.decision_reopened",
        "/council/meetings/{decision_meeting}/decisions/{decision}/reopen",
        COUNCIL,
    ),
    Act("council.save_minutes", "/council/meetings/{draft_meeting}/minutes/write", COUNCIL),
    Act("council.name_them", "/council/meetings/{draft_meeting}/adjusters", COUNCIL),
    Act("council.adjust", "/council/meetings/{draft_meeting}/minutes/adjust", COUNCIL_MEMBER),
    Act("council.approve", "/council/meetings/{meeting}/minutes/approve", COUNCIL),
    Act("council.publish", "/council/meetings/{meeting}/minutes/publish", COORDINATOR),
    Act("council.unpublish", "/council/meetings/{meeting}/minutes/unpublish", COORDINATOR),
    Act("council.plan_new_series", "/council/meetings/series", COORDINATOR),
    Act("council.answer_offer", "/s/{council_link}", EVERYBODY),
    Act("council.take_back_offer", "/council/offers/{offer}/withdraw", COORDINATOR),
    Act("council.begin_draw", "/council/draw", COORDINATOR),
    Act("council.ask_those_drawn", "/council/draw/ask", COORDINATOR),
    Act("council.draw_successor", "/council/seats/{left_seat}/draw-successor", COORDINATOR),
    Act("council.let_step_in", "/council/seats/{empty_seat}/step-in", COORDINATOR),
    Act("council.leave_it", "/council/my-seat/leave", COUNCIL_MEMBER),
    Act("council.show_my_place", "/council/my-places/{own_place}/show", ASKED),
    Act("council.hide_my_place", "/council/my-places/{own_place}/hide", ASKED),
    Act("council.agree", "/council/statements/{draft_statement}/agree", COUNCIL),
    Act("council.remind", "/council/statements/{late_statement}/remind", COUNCIL),
    Act("council.save_follow_up", "/council/statements/{answered_statement}/follow-up", COUNCIL),
    Act("council.plan_new_meeting", "/council/meetings/new", COORDINATOR),
    Act("council.hide_me", "/council/my-seat/hide", COUNCIL_MEMBER),
    Act("council.show_me", "/council/my-seat/show", COUNCIL_MEMBER),
    Act("council.end", "/council/representations/{representation}/end", COORDINATOR),
    Act("council.represent", "/council/representations/new", COORDINATOR),
    Act("council.empty_it", "/council/seats/{seat}/empty", COORDINATOR),
    Act("council.fill_it", "/council/seats/{empty_seat}/fill", COORDINATOR),
    Act("council.save_statement", "/council/statements/{draft_statement}/change", COUNCIL),
    Act("council.send", "/council/statements/{agreed_statement}/send", COUNCIL),
    Act("council.throw_away", "/council/statements/{draft_statement}/throw-away", COUNCIL),
    Act("council.save_new_statement", "/council/statements/new", COUNCIL),
    Act("council.open_new_term", "/council/terms/new", COORDINATOR),
    Act("audits.declare", "/audits/{audit}/declare", AUDIT_TEAM),
    Act("audits.save_follow_up", "/audits/{audit}/follow-up", COORDINATOR),
    Act("audits.add_to_guide", "/audits/{audit}/guide", AUDIT_INSIDE),
    Act("audits.remove_from_guide", "/audits/{audit}/guide/1/remove", AUDIT_INSIDE),
    Act(
        "audits.save_interview",
        "/audits/{audit_going_on}/interviews/{fresh_interview}/change",
        AUDIT_TEAM,
    ),
    Act(
        "audits.forget_it",
        "/audits/{audit_going_on}/interviews/{fresh_interview}/forget",
        AUDIT_TEAM,
    ),
    Act("audits.save_new_interview", "/audits/{audit_going_on}/interviews/new", AUDIT_TEAM),
    Act("audits.add_proposal", "/audits/{audit}/proposals", AUDIT_INSIDE),
    Act(
        "audits.remove_one_proposal",
        "/audits/{audit}/proposals/{proposal}/remove",
        AUDIT_INSIDE,
    ),
    Act("audits.publish_it", "/audits/{audit}/publish", COORDINATOR),
    Act("audits.add_report_point", "/audits/{audit}/report/points", AUDIT_INSIDE),
    Act(
        "audits.remove_report_point",
        "/audits/{audit}/report/points/strength/1/remove",
        AUDIT_INSIDE,
    ),
    Act("audits.save_report", "/audits/{audit}/report/write", AUDIT_INSIDE),
    Act("audits.step", "/audits/{audit}/step/followed_up", ITS_AUDIT),
    Act("audits.add_to_team", "/audits/{audit}/team", COORDINATOR),
    Act("audits.remove_from_team", "/audits/{audit}/team/{team_place}/remove", COORDINATOR),
    Act("audits.withdraw", "/audits/{audit}/withdraw", COORDINATOR),
    Act("audits.order_it", "/audits/order", ORGANISATIONS - COORDINATOR),
    Act("operations.retry_failed_job", "/operations/jobs/{failed_job}/retry", ADMINISTRATOR),
    Act("operations.give_up", "/operations/mails/{mail}/give-up", ADMINISTRATOR),
    Act("operations.mark_sent", "/operations/mails/{mail}/mark-sent", ADMINISTRATOR),
    Act("operations.retry", "/operations/mails/{mail}/retry", ADMINISTRATOR),
)
