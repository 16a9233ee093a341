-- reference
create table probe_thing (
    id bigint not null,
    name text not null,
    constraint probe_thing_pkey primary key (id),
    constraint probe_thing_name_check check (name <> '')
);
