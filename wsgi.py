"""The WSGI entry point."""

from participation.app import create_app

app = create_app()
