"""The page: what `app.chat` serves to a browser."""
