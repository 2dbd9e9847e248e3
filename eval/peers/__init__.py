"""Other people's programs, built as their documentation says, to measure Newsdesk against."""
