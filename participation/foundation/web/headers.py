"""What each answer tells the browser: what may run, what may be kept, who may frame it."""

from flask import Response, g, request

from participation.foundation.web.extension import extension

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def security_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    config = extension().config
    if config.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if config.is_demo:
        headers.setdefault("X-Robots-Tag", "noindex")
    if ("actor" in g and g.actor.is_signed_in) or "token" in (request.view_args or {}):
        # The back button after signing out must show nothing (TRUST 19), nor may a shared
        # computer keep what a mailed link opened.
        headers["Cache-Control"] = "no-store"
    headers.setdefault("Cache-Control", "private, no-cache")  # every page speaks to one reader
    return response
