// Nothing: the precompiled headers of all tests need a target to belong to.
