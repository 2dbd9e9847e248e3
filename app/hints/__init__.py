"""What a question says about where its answer is to be looked for: outlets, times, parts.

Read from the wording alone, so that it can be shown to the reader and taken back. Nothing here searches.
"""
