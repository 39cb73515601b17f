"""What a feature declares about itself; `registry.py` collects the declarations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from flask import Blueprint, Flask

from participation.foundation.permissions import Permission
from participation.foundation.providers import (
    ActivityLink,
    CodedGround,
    CommitmentLink,
    CommitmentSubject,
    CourseOffer,
    DrawDeadline,
    EventSubscriber,
    FindingAct,
    FindingLink,
    GroupLink,
    IndicatorCounter,
    InvitationStep,
    LoggedThing,
    MaterialSource,
    OwnPageSection,
    PersonData,
    PublicFigure,
    PublicNotice,
    PublishedNews,
    Repeated,
    RepresentationCounter,
    RetentionRule,
    RoundAfterwards,
    RoundLink,
    RoundSubject,
    SearchSource,
    StartCard,
    SurveySource,
    TextOrigin,
    VoiceTrail,
)


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One room in the staff navigation; sections: start, voices, findings, answers, care."""

    section: str
    order: int
    label: str  # English source string
    endpoint: str
    permission: Permission
    room: str  # matches StartCard.room


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A feature's whole surface. Everything is optional but the name."""

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    commands: tuple[click.Command, ...] = ()
    job_handlers: tuple[Any, ...] = ()  # foundation.jobs.JobHandler
    schedules: tuple[Any, ...] = ()  # foundation.jobs.Schedule
    start_cards: tuple[StartCard, ...] = ()
    voice_trails: tuple[VoiceTrail, ...] = ()
    own_page_sections: tuple[OwnPageSection, ...] = ()
    person_data: tuple[PersonData, ...] = ()
    retention_rules: tuple[RetentionRule, ...] = ()
    county_sections: tuple[Any, ...] = ()  # county.rules.CountySection
    search_sources: tuple[SearchSource, ...] = ()
    survey_sources: tuple[SurveySource, ...] = ()
    indicator_counters: tuple[IndicatorCounter, ...] = ()
    representation_counters: tuple[RepresentationCounter, ...] = ()
    subscribers: tuple[EventSubscriber, ...] = ()
    public_notices: tuple[PublicNotice, ...] = ()
    public_figures: tuple[PublicFigure, ...] = ()
    published_news: tuple[PublishedNews, ...] = ()
    group_links: tuple[GroupLink, ...] = ()
    course_offers: tuple[CourseOffer, ...] = ()
    draw_deadlines: tuple[DrawDeadline, ...] = ()
    invitation_steps: tuple[InvitationStep, ...] = ()
    activity_links: tuple[ActivityLink, ...] = ()
    commitment_links: tuple[CommitmentLink, ...] = ()
    commitment_subjects: tuple[CommitmentSubject, ...] = ()
    coded_grounds: tuple[CodedGround, ...] = ()
    finding_links: tuple[FindingLink, ...] = ()
    finding_acts: tuple[FindingAct, ...] = ()
    round_links: tuple[RoundLink, ...] = ()
    round_afterwards: tuple[RoundAfterwards, ...] = ()
    round_subjects: tuple[RoundSubject, ...] = ()
    logged_things: tuple[LoggedThing, ...] = ()
    text_origins: tuple[TextOrigin, ...] = ()
    material_sources: tuple[MaterialSource, ...] = ()
    dev_mail_extras: tuple[Any, ...] = ()  # foundation.views_operations.DevMailExtra
    never_backed_up: tuple[str, ...] = ()  # table names (drafts)
    repeated: tuple[Repeated, ...] = ()
    init_app: Callable[[Flask], None] | None = None  # handlers; once for each application
    begin: Callable[[Flask], None] | None = None  # what it remembers while the application runs


@dataclass(frozen=True)
class Features:
    """All features together, in floor order from the ground up."""

    features: tuple[Feature, ...]

    def collect(self, attribute: str) -> tuple[Any, ...]:
        """Everything the features declare under `attribute`, in floor order."""
        return tuple(item for feature in self.features for item in getattr(feature, attribute))
