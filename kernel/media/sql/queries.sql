-- name: add_file
insert into media_file (authority_id, id, owner_kind, owner_id, name, media_type, size, sha256, created_by,
                        created_at, taken_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: file_by_id
select id, owner_kind, owner_id, name, media_type, size, sha256, created_by, created_at, latitude, longitude, taken_at
from media_file
where authority_id = $1 and id = $2;

-- name: files_of_owner
select id, owner_kind, owner_id, name, media_type, size, sha256, created_by, created_at, latitude, longitude, taken_at
from media_file
where authority_id = $1 and owner_kind = $2 and owner_id = $3
order by id;

-- The same of up to 32 records of one kind, and whether each has a rendition of kind $3.
-- name: files_of_owners
select f.id, f.owner_kind, f.owner_id, f.name, f.media_type, f.size, f.sha256, f.created_by, f.created_at, f.latitude, f.longitude, f.taken_at,
    (select count(*) from media_rendition r where r.authority_id = $1 and r.file_id = f.id and r.kind = $3) as thumbnails
from media_file f
where f.authority_id = $1 and f.owner_kind = $2
    and f.owner_id in ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35)
order by f.id;

-- name: set_file_owner
update media_file set owner_kind = $3, owner_id = $4 where authority_id = $1 and id = $2;

-- name: remove_file
delete from media_file where authority_id = $1 and id = $2;

-- name: set_file_position
update media_file set latitude = $3, longitude = $4 where authority_id = $1 and id = $2;

-- name: files_with_bytes
-- wide
select (select count(*) from media_file where sha256 = $1) + (select count(*) from media_upload where sha256 = $1)
    + (select count(*) from media_rendition where sha256 = $1) as files;

-- What the store has to hold: each content once, with one of the names people know it by.
-- name: contents
-- wide
select content.sha256, max(content.size) as size, min(content.name) as name
from (select f.sha256, f.size, f.name from media_file f
    union all select r.sha256, r.size, r.kind from media_rendition r) content
group by content.sha256
order by content.sha256;

-- name: set_rendition
insert into media_rendition (authority_id, file_id, kind, media_type, size, sha256)
values ($1, $2, $3, $4, $5, $6)
on conflict (authority_id, file_id, kind) do update
set media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256;

-- name: rendition
select media_type, size, sha256 from media_rendition where authority_id = $1 and file_id = $2 and kind = $3;

-- name: remove_renditions
delete from media_rendition where authority_id = $1 and file_id = $2;

-- name: quota
select bytes from media_quota where authority_id = $1;

-- name: set_quota
insert into media_quota (authority_id, bytes) values ($1, $2)
on conflict (authority_id) do update set bytes = excluded.bytes;

-- name: bytes_of_files
select count(*) as files, coalesce(sum(size), 0) as bytes from media_file where authority_id = $1;

-- name: bytes_by_kind
select owner_kind, count(*) as files, sum(size) as bytes
from media_file
where authority_id = $1
group by owner_kind
order by bytes desc, owner_kind;

-- name: bytes_of_uploads
select coalesce(sum(size), 0) as bytes from media_upload where authority_id = $1 and expires_at >= $2;

-- name: bytes_by_authority
-- wide
select authority_id, count(*) as files, sum(size) as bytes from media_file group by authority_id order by authority_id;

-- name: start_upload
insert into media_upload (authority_id, id, person_id, name, size, received, sha256, created_at, expires_at)
values ($1, $2, $3, $4, $5, 0, null, $6, $7);

-- name: upload_by_id
select id, name, size, received, sha256 from media_upload
where authority_id = $1 and id = $2 and person_id = $3 and expires_at >= $4;

-- name: uploads_under_way
select count(*) as uploads from media_upload where authority_id = $1 and person_id = $2 and expires_at >= $3;

-- name: set_upload_received
update media_upload set received = $5, expires_at = $6
where authority_id = $1 and id = $2 and person_id = $3 and received = $4 and sha256 is null;

-- name: finish_upload
update media_upload set sha256 = $4, name = $5, expires_at = $6
where authority_id = $1 and id = $2 and person_id = $3 and received = size;

-- name: remove_upload
delete from media_upload where authority_id = $1 and id = $2 and person_id = $3;

-- name: expired_uploads
-- wide
select authority_id, id from media_upload where expires_at < $1;

-- name: remove_expired_upload
delete from media_upload where authority_id = $1 and id = $2 and expires_at < $3;
