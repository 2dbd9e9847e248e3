"""Answers written by a language model, of which every sentence is checked before it is shown.

`models` knows the providers, `prompt` what a model is given, `draft` reads what it wrote as it comes, `mend`
gives each sentence its evidence or withholds it, `writer` puts these in order. `scripted` is a model that
misbehaves by script.
"""
