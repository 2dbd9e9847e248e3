"""Follow-up questions understood without a model: `converse.resolve` is the one door.

It says in words what a follow-up leaves out. It does not know what is true.
"""
