-- Tables for the tests of storage, of every kind that the house has.
-- reference
create table probe_thing (
    id bigint not null,
    name text not null,
    constraint probe_thing_pkey primary key (id),
    constraint probe_thing_name_check check (name <> '')
);

-- distributed by authority_id
create table probe_item (
    authority_id bigint not null,
    id bigint not null,
    thing_id bigint not null,
    code text not null,
    amount integer not null,
    note text,
    constraint probe_item_pkey primary key (authority_id, id),
    constraint probe_item_code_key unique (authority_id, code),
    constraint probe_item_thing_fkey foreign key (thing_id) references probe_thing (id),
    constraint probe_item_amount_check check (amount >= 0) -- debts are no items; "integer" stays a word here
);
create unique index probe_item_note on probe_item (authority_id, lower(note)) where note is not null;
