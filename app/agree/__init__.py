"""Whether two pieces of text agree: one file for each kind of agreement.

`reading` makes words of text; `verbatim` and `align` lay a claim beside a sentence; `numbers`, `dates`,
`names`, `polarity` and `speaker` compare; `slots`, `wording`, `runs` and `told` say what disagrees;
`features` and `weigh` make a support of it, and `verifier` a verdict.
"""
