FIRST_DAY_OF_WEEK = 1  # a week is an ISO week everywhere, also in the calendar of the admin
