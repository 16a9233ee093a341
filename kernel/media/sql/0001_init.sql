-- Files that people put in. The bytes lie in the file store under their SHA-256.
-- distributed by authority_id
create table media_file (
    authority_id bigint not null,
    id bigint not null,
    owner_kind text not null,
    owner_id bigint not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    created_by bigint not null,
    created_at bigint not null,
    constraint media_file_pkey primary key (authority_id, id)
);
create index media_file_owner on media_file (authority_id, owner_kind, owner_id, id);
create index media_file_bytes on media_file (sha256);
