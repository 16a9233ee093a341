"""What the checks of tools/ share: the tree of sources, a lexer for C++, and how findings are told."""
