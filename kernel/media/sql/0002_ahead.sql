-- What an authority may keep in files, where it is not the shipped number of bytes.
-- distributed by authority_id
create table media_quota (
    authority_id bigint not null,
    bytes bigint not null,
    constraint media_quota_pkey primary key (authority_id)
);

-- A large file on its way in, ahead of the form it goes with: its bytes lie in the spool until all have come, then in
-- the file store. `sha256` is null until then. The form that uses it takes the row away.
-- distributed by authority_id
create table media_upload (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    name text not null,
    size bigint not null,
    received bigint not null,
    sha256 text,
    created_at bigint not null,
    expires_at bigint not null,
    constraint media_upload_pkey primary key (authority_id, id)
);
create index media_upload_person on media_upload (authority_id, person_id);
create index media_upload_expiry on media_upload (expires_at);
create index media_upload_bytes on media_upload (sha256);

-- What was made of a picture: a small one ("thumbnail"), and one without what the camera wrote into it ("public").
-- distributed by authority_id
create table media_rendition (
    authority_id bigint not null,
    file_id bigint not null,
    kind text not null,
    media_type text not null,
    size bigint not null,
    sha256 text not null,
    constraint media_rendition_pkey primary key (authority_id, file_id, kind)
);
create index media_rendition_bytes on media_rendition (sha256);

-- Where the picture was taken, as the camera wrote: millionths of a degree, WGS 84. Both or neither.
alter table media_file add column latitude bigint;
alter table media_file add column longitude bigint;
create index media_file_size on media_file (authority_id, size);
