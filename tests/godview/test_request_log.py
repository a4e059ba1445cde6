from django.test import RequestFactory

from godview.request_log import QuietRequestMiddleware

line = QuietRequestMiddleware.format_request


def test_what_a_sign_in_elsewhere_comes_back_with_is_not_logged(rf: RequestFactory) -> None:
    assert line(rf.get("/connect/asana/callback/?code=1")) == "GET /connect/asana/callback/"
    assert line(rf.get("/clients/?pace=off")) == "GET /clients/?pace=off"
