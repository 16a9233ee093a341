#!/usr/bin/env python3
"""One SQL text for SQLite and PostgreSQL, fit to be spread over many nodes (docs/adr says why).

    tools/check_sql.py [ROOT]      prints file:line: rule: what is wrong; exit 1 if anything was, else 0

Schema, in NNNN_name.sql:
  S1    the comment right above a table is "-- distributed by <column>", "-- reference" or "-- local"
  S2    every key and unique index of a distributed table begins with its distribution column
  S3    every table has a primary key
  S4    the distribution column is not null, never updated, and authority_id and bucket are bigint
  S5    foreign keys stay in a family (with its column at the same place) or go to a reference table
  S6    no "set null", no "set default", no "on update cascade"
  S7    no triggers
  S8    no deferrable constraints
  S9    every constraint is named, one "add constraint" a statement
  type  columns are bigint, integer or text
  view  a view reads its owner's tables; public.sql holds views called <owner>_public_<noun> and nothing else
Statements, in queries*.sql:
  name  every statement has a name, one in its owner, and is used
  Q1    every distributed table, at every level of a query, has <alias>.<column> = $n, or the statement is -- wide
  Q3    no "with recursive" over distributed tables in a wide statement
  Q5    a wide statement has no grouping sets, rollup or cube
  Q8    what has a limit has an order: which rows come first is nobody's promise
Both:
  word  nothing that only one database has, no clock, no chance
  engine  only kernel/storage, kernel/jobs (claims) and kernel/search have texts for one database (….sqlite.sql and ….postgres.sql)
"""
import re
import sys
from collections import namedtuple

from lint.sql import Table, items, levels_of, names, statements_of, tokens_of
from lint.tree import main

MIGRATION = re.compile(r'\d{4}_\w+(\.sqlite|\.postgres)?\.sql')
MARK = re.compile(r'--\s*(name|list|filter|order):\s*(.*?)\s*')
ENGINES = ('.sqlite', '.postgres')
TYPES = ('bigint', 'integer', 'text')
NEVER_WORDS = ('now', 'current_timestamp', 'current_date', 'current_time', 'localtime', 'localtimestamp', 'clock_timestamp',
               'statement_timestamp', 'transaction_timestamp', 'random', 'randomblob', 'gen_random_uuid', 'nextval',
               'strftime', 'datetime', 'julianday', 'unixepoch', 'last_insert_rowid', 'pg_advisory_lock',
               'pg_advisory_xact_lock', 'notify', 'listen')
ONE_ENGINE_WORDS = ('string_agg', 'group_concat', 'array_agg', 'ilike', 'glob', 'regexp', 'unnest', 'any', 'array',
                    'lateral', 'rowid', 'autoincrement', 'serial', 'bigserial', 'pragma', 'replace_into', 'ifnull', 'iif',
                    'to_char', 'date_trunc', 'extract', 'merge')

Placed = namedtuple('Placed', 'owner distribution')


def owner_of(path):
    """"plan" for modules/plan/sql/queries.sql; None for a file that is in no folder sql/."""
    return path.parent.parent.name if path.parent.name == 'sql' else None


class Sql:
    """What check() goes over: the SQL files, read once, and the tables and views they make."""

    def __init__(self, tree):
        self.tree = tree
        self.files = {path: path.read_text(encoding='utf-8') for path in tree.files('.sql') if owner_of(path)}
        self.tables, self.views = {}, {}
        for path, text in self.files.items():
            for statement in statements_of(text):
                if statement.begins('create', 'table') and len(statement.tokens) > 3:
                    table = Table(statement, path)
                    self.tables[table.name] = table
                elif statement.begins('create', 'view'):
                    self.views[statement.tokens[2].text] = statement
        self.placed = {name: Placed(owner_of(table.path), table.distribution) for name, table in self.tables.items()}
        # A view is spread as the first distributed table it reads; views may read views.
        for name in list(self.views) * 3:
            self._place_view(name)

    def _place_view(self, name):
        under = [self.placed[token.text] for token in self.views[name].tokens[3:] if token.text in self.placed]
        spread = next((placed.distribution for placed in under if placed.distribution), None)
        self.placed[name] = Placed(None, spread)

    def find(self, path, line, rule, what):
        self.tree.find(path, line, '%s: %s' % (rule, what))


# ---- Words ------------------------------------------------------------------------------------------------

def check_words(sql, path, text):
    special = path.suffixes[0] in ENGINES
    if special and sql.tree.owner(path) not in (('kernel', 'storage'), ('kernel', 'jobs'), ('kernel', 'search')):
        sql.find(path, 1, 'engine', 'only kernel/storage, kernel/jobs and kernel/search have texts for one database')
    tokens = [token for token in tokens_of(text)]
    for i, token in enumerate(tokens):
        after = tokens[i + 1].text if i + 1 < len(tokens) else ''
        named = i and tokens[i - 1].text == '.' or token.kind != 'word'
        if token.kind == 'comment' and token.text.startswith('/*'):
            sql.find(path, token.line, 'word', 'comments are lines with --')
        elif not special and token.text == '::':
            sql.find(path, token.line, 'word', 'write cast(… as …), not ::')
        elif not special and token.kind == 'symbol' and token.text in '?`@:[':
            sql.find(path, token.line, 'word', '"%s" is not SQL of both databases; parameters are $1, $2, …' % token.text)
        elif named:
            continue
        elif token.text in NEVER_WORDS and (after == '(' or token.text.startswith(('current_', 'local')) or
                                            token.text in ('notify', 'listen')):
            sql.find(path, token.line, 'word', '%s: time, chance and ids come from the Work as parameters' % token.text)
        elif special:
            continue
        elif token.text in ONE_ENGINE_WORDS or token.text.startswith(('json_', 'jsonb')):
            sql.find(path, token.line, 'word', '%s is not in both databases, or not the same' % token.text)
        elif token.text == 'for' and after in ('update', 'share'):
            sql.find(path, token.line, 'word', 'for %s: SQLite has no such lock' % after)
        elif token.text == 'alter' and after == 'column':
            sql.find(path, token.line, 'word', 'alter column: SQLite has none; add a column and move over')


# ---- Schema -----------------------------------------------------------------------------------------------

def check_keys(sql, path, table):
    if not any(key.kind == 'primary' for key in table.keys):
        sql.find(path, table.line, 'S3', '%s has no primary key' % table.name)
    column = table.distribution
    if not column:
        return
    for key in table.keys:
        if key.columns[:1] != [column]:
            sql.find(path, key.line, 'S2', '%s must begin with %s' % (key.name or 'the key', column))
    if column not in table.columns:
        sql.find(path, table.line, 'S4', '%s has no column %s' % (table.name, column))
        return
    texts = [token.text for token in table.columns[column]]
    if 'not' not in texts or 'null' not in texts:
        sql.find(path, table.columns[column][0].line, 'S4', '%s is not "not null"' % column)
    if column in ('authority_id', 'bucket') and texts[1:2] != ['bigint']:
        sql.find(path, table.columns[column][0].line, 'S4', '%s is bigint in every table of the family' % column)


def check_reference(sql, path, table, reference):
    target = sql.tables.get(reference.table)
    if target is None:
        sql.find(path, reference.line, 'S5', '%s refers to %s, which is no table of ours' % (reference.name, reference.table))
        return
    if target.placement in (None, 'reference') or table.placement is None:
        return
    column = table.distribution
    if column is None or target.distribution != column:
        sql.find(path, reference.line, 'S5', '%s goes from a table "%s" to one "%s"'
                 % (reference.name, table.placement, target.placement))
    elif (column, column) not in zip(reference.columns, reference.targets):
        sql.find(path, reference.line, 'S5', '%s must carry %s' % (reference.name, column))


def check_actions(sql, path, tokens):
    """S6 to S8: what no statement of a migration may say."""
    texts = [token.text for token in tokens]
    for i, token in enumerate(tokens):
        if token.kind != 'word':
            continue
        if texts[i:i + 2] in (['set', 'null'], ['set', 'default']) and texts[i - 2:i - 1] == ['on']:
            sql.find(path, token.line, 'S6', 'on %s set null or default would change a key' % texts[i - 1])
        elif texts[i:i + 3] == ['on', 'update', 'cascade']:
            sql.find(path, token.line, 'S6', 'keys never change, so nothing cascades on update')
        elif token.text == 'trigger':
            sql.find(path, token.line, 'S7', 'no triggers: what happens stands in the Action')
        elif token.text in ('deferrable', 'initially'):
            sql.find(path, token.line, 'S8', 'no deferrable constraints: their errors come at COMMIT, without a name')


def check_table(sql, path, table):
    if table.placement is None:
        sql.find(path, table.line, 'S1', 'the line above %s must be "-- distributed by <column>", "-- reference" or '
                 '"-- local"' % table.name)
    for line, word in table.unnamed:
        sql.find(path, line, 'S9', '%s in %s has no name: write "constraint <name> …" as a line of its own' % (word, table.name))
    if path.suffixes[0] not in ENGINES:
        for name, part in table.columns.items():
            if len(part) < 2 or part[1].text not in TYPES:
                sql.find(path, part[0].line, 'type', '%s.%s must be bigint, integer or text' % (table.name, name))
    check_keys(sql, path, table)
    for reference in table.references:
        check_reference(sql, path, table, reference)


def check_index(sql, path, statement):
    texts = [token.text for token in statement.tokens]
    if texts[1] != 'unique' or 'on' not in texts:
        return
    on = texts.index('on')
    table = sql.tables.get(texts[on + 1])
    opening = next((i for i in range(on, len(texts)) if texts[i] == '('), None)
    if table is None or not table.distribution or opening is None:
        return
    if names(statement.tokens, opening)[:1] != [table.distribution]:
        sql.find(path, statement.line, 'S2', '%s must begin with %s' % (texts[3], table.distribution))


def check_alter(sql, path, statement):
    """alter table t add [column] … | add constraint …"""
    tokens, texts = statement.tokens, [token.text for token in statement.tokens]
    if len([1 for i in range(len(texts) - 1) if texts[i:i + 2] == ['add', 'constraint']]) > 1:
        sql.find(path, statement.line, 'S9', 'one "add constraint" a statement')
    for i, token in enumerate(tokens):
        if token.text != 'add' or i + 2 >= len(tokens):
            continue
        rest = tokens[i + 1:]
        table = sql.tables.get(texts[2])
        if rest[0].text == 'constraint' and table is not None:
            before = len(table.references), len(table.keys)
            table.constraint(rest[1].text, rest[2:])
            for reference in table.references[before[0]:]:
                check_reference(sql, path, table, reference)
            for key in table.keys[before[1]:]:
                if table.distribution and key.columns[:1] != [table.distribution]:
                    sql.find(path, key.line, 'S2', '%s must begin with %s' % (key.name, table.distribution))
        elif rest[0].text in ('primary', 'unique', 'check', 'foreign'):
            sql.find(path, token.line, 'S9', 'a constraint without a name; old rows would not be checked')
        else:
            for word in (token for token in items(rest)[0] if token.text in ('primary', 'unique', 'check')):
                sql.find(path, word.line, 'S9', '%s has no name: add the constraint in a statement of its own' % word.text)


def check_view(sql, path, statement, owner):
    name = statement.tokens[2].text
    if path.name == 'public.sql':
        if not name.startswith(owner + '_public_'):
            sql.find(path, statement.line, 'view', 'public views are called %s_public_<noun>, not %s' % (owner, name))
        return
    for token in statement.tokens[3:]:
        placed = sql.placed.get(token.text)
        if placed and not token.text.startswith(owner + '_') and token.kind == 'word':
            sql.find(path, token.line, 'view', '%s reads %s of another owner: it would stand in the way of its migrations'
                     % (name, token.text))


def check_migration(sql, path, text):
    owner = owner_of(path)
    for statement in statements_of(text):
        check_actions(sql, path, statement.tokens)
        if statement.begins('create', 'view'):
            check_view(sql, path, statement, owner)
        elif path.name == 'public.sql':
            sql.find(path, statement.line, 'view', 'public.sql holds views and nothing else')
        elif statement.begins('create', 'table') and len(statement.tokens) > 3:
            check_table(sql, path, sql.tables[statement.tokens[2].text])
        elif statement.begins('create', 'unique'):
            check_index(sql, path, statement)
        elif statement.begins('alter', 'table'):
            check_alter(sql, path, statement)


# ---- Statements -------------------------------------------------------------------------------------------

class Query:
    """A named statement; of a list the base with all its fragments."""

    def __init__(self, name, line):
        self.name, self.line, self.wide, self.tokens = name, line, False, []


def queries_of(sql, path, text):
    queries = []
    for token in tokens_of(text):
        mark = MARK.fullmatch(token.text) if token.kind == 'comment' else None
        if mark and mark.group(1) in ('name', 'list'):
            queries.append(Query(mark.group(2), token.line))
        elif token.kind == 'comment':
            if queries and re.fullmatch(r'--\s*wide\s*', token.text):
                queries[-1].wide = True
        elif not queries:
            sql.find(path, token.line, 'name', 'SQL before the first "-- name:"')
            break
        elif token.text != ';':
            queries[-1].tokens.append(token)
    return queries


def check_bound(sql, path, query):
    named_here = {query.tokens[i].text for i in range(len(query.tokens) - 1)
                  if query.tokens[i + 1].text in ('as', '(') and i and query.tokens[i - 1].text in ('with', 'recursive', ',')}
    known = {name: placed for name, placed in sql.placed.items() if name not in named_here}
    touched = False
    for level in levels_of(query.tokens):
        uses = level.uses(known)
        for use in uses:
            column = known[use.table].distribution
            touched = touched or column is not None
            if column is None or query.wide:
                continue
            if use.verb == 'into':
                opening = next((i for i, token in enumerate(level.tokens) if token.text == '('), None)
                if opening is None or column not in names(level.tokens, opening):
                    sql.find(path, use.line, 'Q1', '%s inserts into %s without %s' % (query.name, use.table, column))
            elif not level.is_bound(use, column, only=len(uses) == 1):
                sql.find(path, use.line, 'Q1', '%s: "%s" lacks %s.%s = $n at this level; or mark the statement -- wide'
                         % (query.name, use.alias, use.alias, column))
    return touched


def check_query(sql, path, query):
    texts = [token.text for token in query.tokens]
    # SQLite is one node: nothing there is spread.
    touched = path.suffixes[0] != '.sqlite' and check_bound(sql, path, query)
    if query.wide and touched and 'recursive' in texts:
        sql.find(path, query.line, 'Q3', '%s: a recursive query runs over one authority only' % query.name)
    for level in levels_of(query.tokens):
        words = [token.text for token in level.tokens if token.kind == 'word']
        if 'limit' in words and 'order' not in words:
            sql.find(path, query.line, 'Q8', '%s: a limit without "order by"' % query.name)
    for token in query.tokens:
        if query.wide and token.kind == 'word' and token.text in ('rollup', 'cube', 'sets'):
            sql.find(path, token.line, 'Q5', '%s: no grouping sets, rollup or cube in a wide statement' % query.name)
    if texts[:1] == ['update'] and 'set' in texts and texts[1] in sql.placed:
        start = texts.index('set') + 1
        for part in items(query.tokens[start:texts.index('where') if 'where' in texts else None]):
            if part[0].text == sql.placed[texts[1]].distribution:
                sql.find(path, part[0].line, 'S4', '%s: %s is never updated' % (query.name, part[0].text))


def check_names(sql, seen, used, path, query):
    owner = owner_of(path)
    engine = path.suffixes[0] if path.suffixes[0] in ENGINES else ''
    full = '%s.%s' % (owner, query.name)
    if not re.fullmatch(r'[a-z0-9_]+', query.name):
        sql.find(path, query.line, 'name', '"%s" is no name' % query.name)
    if (full, engine) in seen or engine and (full, '') in seen:
        sql.find(path, query.line, 'name', '%s is there twice' % full)
    seen.add((full, engine))
    if full not in used:
        sql.find(path, query.line, 'name', 'nothing uses "%s"' % full)


def check(tree):
    sql = Sql(tree)
    used = set()
    for path in tree.files('.cpp', '.h'):
        used.update(re.findall(r'"(\w+\.\w+)"', path.read_text(encoding='utf-8')))
    seen = set()
    for path, text in sorted(sql.files.items()):
        check_words(sql, path, text)
        if MIGRATION.fullmatch(path.name) or path.name == 'public.sql':
            check_migration(sql, path, text)
        elif path.name.startswith('queries'):
            for query in queries_of(sql, path, text):
                check_names(sql, seen, used, path, query)
                check_query(sql, path, query)


if __name__ == '__main__':
    sys.exit(main(check, __doc__))
