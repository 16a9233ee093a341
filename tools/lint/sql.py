"""As much of SQL's grammar as the checks need: tokens, statements, the tables of a schema, the levels of a query."""
import re
from collections import namedtuple

LEXEME = re.compile(r'''
    (?P<comment>--[^\n]*|/\*.*?\*/)
  | (?P<string>'(?:[^']|\'\')*')
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<parameter>\$\w+)
  | (?P<number>\d\w*)
  | (?P<word>[^\W\d]\w*)
  | (?P<symbol>::|<>|<=|>=|!=|\|\||\S)
''', re.X | re.S)

Token = namedtuple('Token', 'kind text line')


def tokens_of(text):
    """Every token; words in lower case, for neither database tells them apart."""
    found, line, at = [], 1, 0
    for match in LEXEME.finditer(text):
        line += text.count('\n', at, match.start())
        at = match.start()
        kind = match.lastgroup
        found.append(Token(kind, match.group().lower() if kind == 'word' else match.group(), line))
    return found


class Statement:
    """Its tokens without comments, and the comments above it (those inside are dropped)."""

    def __init__(self):
        self.tokens, self.comments = [], []

    @property
    def line(self):
        return self.tokens[0].line

    def begins(self, *words):
        return [token.text for token in self.tokens[:len(words)]] == list(words)


def statements_of(text):
    statements, current = [], Statement()
    for token in tokens_of(text):
        if token.kind == 'comment':
            if not current.tokens:
                current.comments.append(token)
        elif token.text == ';':
            if current.tokens:
                statements.append(current)
            current = Statement()
        else:
            current.tokens.append(token)
    if current.tokens:
        statements.append(current)
    return statements


def closing(tokens, at):
    """The index of the bracket that closes the one at `at`, or the end."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += (tokens[i].text == '(') - (tokens[i].text == ')')
        if depth == 0:
            return i
    return len(tokens)


def items(tokens):
    """The parts between the commas that no bracket encloses."""
    parts, depth = [[]], 0
    for token in tokens:
        depth += (token.text == '(') - (token.text == ')')
        if token.text == ',' and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def names(tokens, at):
    """The names in the bracket at `at`: "(a, b)"; of an expression its text."""
    return [' '.join(token.text for token in part) for part in items(tokens[at + 1:closing(tokens, at)])]


Key = namedtuple('Key', 'kind name columns line')                        # kind: "primary", "unique"
Reference = namedtuple('Reference', 'name columns table targets line tokens')


class Table:
    """A "create table": its placement, columns, keys and references."""

    def __init__(self, statement, path):
        tokens = statement.tokens
        self.name, self.line, self.path = tokens[2].text, statement.line, path
        self.placement = self._placement(statement)
        self.columns, self.keys, self.references, self.unnamed = {}, [], [], []
        opening = next((i for i, token in enumerate(tokens) if token.text == '('), len(tokens))
        for part in items(tokens[opening + 1:closing(tokens, opening)]):
            self._item(part)

    @staticmethod
    def _placement(statement):
        last = statement.comments[-1] if statement.comments else None
        if last is None or last.line != statement.line - 1:
            return None
        told = last.text[2:].strip()
        match = re.fullmatch(r'distributed by (\w+)|reference|local', told)
        return told if match else None

    @property
    def distribution(self):
        """The column that the rows are spread by, or None."""
        return self.placement[len('distributed by '):] if self.placement and ' ' in self.placement else None

    def _item(self, part):
        first = part[0].text
        if first == 'constraint':
            self.constraint(part[1].text, part[2:])
        elif first in ('primary', 'unique', 'check', 'foreign'):
            self.unnamed.append((part[0].line, first))
            self.constraint('', part)
        else:
            self.columns[first] = part
            for token in part[1:]:
                if token.text in ('primary', 'unique', 'check', 'references'):
                    self.unnamed.append((token.line, token.text))

    def constraint(self, name, part):
        opening = next((i for i, token in enumerate(part) if token.text == '('), len(part))
        if opening == len(part):
            return
        kind, columns, line = part[0].text, names(part, opening), part[0].line
        if kind in ('primary', 'unique'):
            self.keys.append(Key(kind, name, columns, line))
        elif kind == 'foreign':
            rest = part[closing(part, opening) + 1:]
            target = rest[1].text if len(rest) > 1 else ''
            targets = names(rest, 2) if len(rest) > 2 and rest[2].text == '(' else []
            self.references.append(Reference(name, columns, target, targets, line, rest))


# What follows a table's name and is no alias of it.
NO_ALIAS = frozenset('''where on join left right inner full cross natural set order group limit offset union intersect
    except using returning values select default having window with when for do'''.split())
Use = namedtuple('Use', 'table alias line verb')  # verb: the word before it: "from", "join", "update", "into", …


class Level:
    """One select, update, insert or delete without the queries nested in it."""

    def __init__(self, tokens):
        self.tokens = tokens

    def uses(self, known):
        """Every table of `known` that is named here, with its alias."""
        found, listing = [], False
        for i, token in enumerate(self.tokens):
            before = self.tokens[i - 1].text if i else ''
            if token.text in ('from', 'join', 'update', 'into', 'using'):
                listing = token.text == 'from'
            elif token.text in ('where', 'set', 'group', 'order', 'returning', 'limit', 'having', 'select'):
                listing = False
            if token.kind != 'word' or token.text not in known:
                continue
            if before not in ('from', 'join', 'update', 'into', 'using') and not (listing and before == ','):
                continue
            rest = self.tokens[i + 1:i + 3]
            if rest and rest[0].text == 'as':
                rest = rest[1:]
            named = rest and rest[0].kind == 'word' and rest[0].text not in NO_ALIAS
            found.append(Use(token.text, rest[0].text if named else token.text, token.line, before))
        return found

    def is_bound(self, use, column, only):
        """Whether "alias.column = $n" stands here; without the alias if it is the only table."""
        texts = [token.text for token in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.text != column:
                continue
            qualified = i >= 2 and texts[i - 1] == '.' and texts[i - 2] == use.alias
            bare = only and (i == 0 or texts[i - 1] != '.')
            if not qualified and not bare:
                continue
            start = i - 2 if qualified else i
            after = self.tokens[i + 1:i + 3]
            front = self.tokens[max(start - 2, 0):start]
            for pair in (after, front[::-1]):
                if len(pair) == 2 and pair[0].text == '=' and re.fullmatch(r'\$\d+', pair[1].text):
                    return True
        return False


def levels_of(tokens):
    """Every level of a statement: each nested query, and each side of a union, is one of its own."""
    levels, current, at = [], [], 0
    while at < len(tokens):
        token = tokens[at]
        if token.text == '(' and at + 1 < len(tokens) and tokens[at + 1].text in ('select', 'with', 'values', 'insert',
                                                                                  'update', 'delete'):
            end = closing(tokens, at)
            levels += levels_of(tokens[at + 1:end])
            at = end
        elif token.text in ('union', 'intersect', 'except'):
            levels.append(Level(current))
            current = []
        else:
            current.append(token)
        at += 1
    return levels + [Level(current)]
