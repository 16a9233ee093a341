-- What people deleted and may take back until it is purged; the record itself stays with its slice, hidden.
-- distributed by authority_id
create table identity_trash_item (
    authority_id bigint not null,
    id bigint not null,
    record_kind text not null,
    record_id bigint not null,
    title text not null,
    unit_id bigint not null,
    deleted_by bigint not null,
    deleted_at bigint not null,
    purged_at bigint not null,
    constraint identity_trash_item_pkey primary key (authority_id, id),
    constraint identity_trash_item_record_key unique (authority_id, record_kind, record_id)
);
create index identity_trash_item_purged_idx on identity_trash_item (authority_id, purged_at);
