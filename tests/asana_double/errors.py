class ApiError(Exception):
    """An answer other than success, as Asana words it."""

    def __init__(
        self,
        status: int,
        message: str,
        headers: dict[str, str] | None = None,
        phrase: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        error = {"message": message, "help": "For more information on API status codes and how "}
        error["help"] += "to handle them, read the docs on errors: https://developers.asana.com"
        if phrase:
            error["phrase"] = phrase
        self.body = {"errors": [error]}


def bad_request(message: str) -> ApiError:
    return ApiError(400, message)


def not_found(kind: str, gid: str) -> ApiError:
    return ApiError(404, f"{kind}: Unknown object: {gid}")
