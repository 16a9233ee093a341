// Nothing: precompiled headers need a target to belong to.
