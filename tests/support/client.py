"""The test client: checks the HTML contract on every page it fetches."""

from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.support.html_contract import problems_of

CSRF_FIELD = "csrf_token"


class CheckingClient(FlaskClient):
    """Fails a test whose page breaks the contract; fills in the CSRF token on `submit`."""

    def open(self, *args: Any, **values: Any) -> TestResponse:
        response = super().open(*args, **values)
        is_kept = response.headers.get("Content-Disposition", "").startswith("attachment")
        is_html = response.mimetype == "text/html" and not is_kept
        is_page = is_html and response.request.method != "HEAD"
        if is_page and response.status_code not in {301, 302, 303, 308}:
            html = response.get_data(as_text=True)
            problems = problems_of(html)
            assert not problems, f"{response.request.path}:\n  " + "\n  ".join(problems)
        return response

    def page(self, address: str, *, status: int = 200) -> str:
        """The page's HTML after redirects; asserts the status."""
        response = self.get(address, follow_redirects=True)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return response.get_data(as_text=True)

    def submit(
        self, address: str, data: dict[str, Any] | None = None, **values: Any
    ) -> TestResponse:
        """POST a form the way a browser does: with the token the page carried."""
        return self.post(address, data={CSRF_FIELD: self.csrf_token(), **(data or {})}, **values)

    def csrf_token(self) -> str:
        """A token for this client's session, as any page with a form would carry."""
        with self.session_transaction() as session:
            raw = session.setdefault(CSRF_FIELD, "0" * 40)
        serializer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(serializer.dumps(raw))
