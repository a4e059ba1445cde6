"""What is said and kept in English when Asana does not answer, in the language of the reader."""

from django.utils.translation import gettext_noop as known

from godview.translating.retold import Retelling

retold = Retelling(
    (
        known("{label}; tried {count} times"),
        known("Asana did not answer in time"),
        known("No connection to Asana ({reason})"),
        known("Asana's answer could not be read ({reason})"),
        known("Asana answered {status}: {said}"),
        known("Asana's answer is not what was asked for"),
        known("Asana wants no requests for {seconds} seconds"),
        known("Asana's pages lead in a circle: the same place came twice"),
        known("The list did not end after {pages} pages"),
        known("Asana gave no refresh token, so the connection would end in an hour"),
        known("Asana no longer takes this permission: it is good once, for a few minutes"),
        known("Asana gave no new token"),
        known("Asana gave no new token ({reason})"),
        known("Asana refused {what}: correct them"),
        known("Asana's events lead in a circle: the same token came twice"),
        known("The events did not end after {pages} pages"),
        known("Asana gave no token for its events"),
        known("Asana's events came without a token"),
        known("The goal has no task any more"),
        known("Another worker is renewing the token"),
        known("The connection is stopped"),
        known("Asana was disconnected before this was sent."),
        known("Disconnected by {who} on {day}."),
    )
)
