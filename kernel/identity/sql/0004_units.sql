-- Figures of units with their days, changes of units prepared ahead, and lists of units that wait to be taken over.

-- How many work or live there, from that day on until the next figure: denominators of rates.
-- reference
create table identity_unit_figure (
    authority_id bigint not null,
    unit_id bigint not null,
    kind text not null,
    valid_from text not null,
    value bigint not null,
    source text not null,
    added_by bigint not null,
    added_at bigint not null,
    constraint identity_unit_figure_pkey primary key (authority_id, unit_id, kind, valid_from),
    constraint identity_unit_figure_unit_fkey foreign key (authority_id, unit_id)
        references identity_unit (authority_id, id),
    constraint identity_unit_figure_kind_check check (kind in ('headcount', 'population')),
    constraint identity_unit_figure_value_check check (value >= 0)
);
-- The columns of identity_unit stay for one release: they hold the figure of today (set_figure writes both).
insert into identity_unit_figure (authority_id, unit_id, kind, valid_from, value, source, added_by, added_at)
select u.authority_id, u.id, 'headcount', u.valid_from, u.headcount, '', 0, 0
from identity_unit u
where u.headcount >= 0;
insert into identity_unit_figure (authority_id, unit_id, kind, valid_from, value, source, added_by, added_at)
select u.authority_id, u.id, 'population', u.valid_from, u.population, '', 0, 0
from identity_unit u
where u.population >= 0;

-- Changes that take effect together on a day. problem: why they could not, as JSON {change_id, key, args}.
-- reference
create table identity_unit_change_set (
    authority_id bigint not null,
    id bigint not null,
    name text not null,
    basis text not null,
    day text not null,
    state text not null,
    problem text,
    created_by bigint not null,
    created_at bigint not null,
    decided_by bigint,
    decided_at bigint,
    version bigint not null,
    constraint identity_unit_change_set_pkey primary key (authority_id, id),
    constraint identity_unit_change_set_authority_fkey foreign key (authority_id)
        references identity_authority (id),
    constraint identity_unit_change_set_state_check check (state in ('draft', 'confirmed', 'applied', 'cancelled'))
);
create index identity_unit_change_set_due on identity_unit_change_set (day) where state = 'confirmed';

-- One unit begins, is called otherwise, or ends. unit_id has no foreign key: what begins is not there yet, though
-- others of the set name it.
-- reference
create table identity_unit_change (
    authority_id bigint not null,
    id bigint not null,
    change_set_id bigint not null,
    kind text not null,
    unit_id bigint not null,
    parent_id bigint,
    unit_kind text,
    name text not null,
    short_name text not null,
    closing text,
    constraint identity_unit_change_pkey primary key (authority_id, id),
    constraint identity_unit_change_set_fkey foreign key (authority_id, change_set_id)
        references identity_unit_change_set (authority_id, id),
    constraint identity_unit_change_key unique (authority_id, change_set_id, unit_id, kind),
    constraint identity_unit_change_kind_check check (kind in ('create', 'rename', 'end'))
);

-- Who carries on; takes_people: memberships continue there.
-- reference
create table identity_unit_change_successor (
    authority_id bigint not null,
    change_id bigint not null,
    position bigint not null,
    successor_authority_id bigint not null,
    successor_id bigint not null,
    share bigint,
    takes_people bigint not null,
    constraint identity_unit_change_successor_pkey primary key (authority_id, change_id, position),
    constraint identity_unit_change_successor_change_fkey foreign key (authority_id, change_id)
        references identity_unit_change (authority_id, id),
    constraint identity_unit_change_successor_authority_fkey foreign key (successor_authority_id)
        references identity_authority (id)
);
create index identity_unit_change_successor_to on identity_unit_change_successor (successor_authority_id);

-- Another authority agrees to take over what a set sends to its units.
-- reference
create table identity_unit_change_acceptance (
    authority_id bigint not null,
    change_set_id bigint not null,
    accepting_authority_id bigint not null,
    accepted_by bigint not null,
    accepted_at bigint not null,
    constraint identity_unit_change_acceptance_pkey primary key (authority_id, change_set_id, accepting_authority_id),
    constraint identity_unit_change_acceptance_set_fkey foreign key (authority_id, change_set_id)
        references identity_unit_change_set (authority_id, id),
    constraint identity_unit_change_acceptance_authority_fkey foreign key (accepting_authority_id)
        references identity_authority (id)
);

-- A spreadsheet that was tried and may be taken over: content is the file in base64, tree_digest what the units were
-- when it was shown.
-- distributed by authority_id
create table identity_unit_import (
    authority_id bigint not null,
    id bigint not null,
    file_name text not null,
    content text not null,
    sha256 text not null,
    tree_digest text not null,
    person_id bigint not null,
    created_at bigint not null,
    applied_at bigint,
    constraint identity_unit_import_pkey primary key (authority_id, id),
    constraint identity_unit_import_authority_fkey foreign key (authority_id) references identity_authority (id)
);
create index identity_unit_import_age on identity_unit_import (created_at);
