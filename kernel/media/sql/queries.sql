-- name: add_file
insert into media_file (authority_id, id, owner_kind, owner_id, name, media_type, size, sha256, created_by,
                        created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: file_by_id
select id, owner_kind, owner_id, name, media_type, size, sha256, created_by, created_at
from media_file
where authority_id = $1 and id = $2;

-- name: files_of_owner
select id, owner_kind, owner_id, name, media_type, size, sha256, created_by, created_at
from media_file
where authority_id = $1 and owner_kind = $2 and owner_id = $3
order by id;

-- name: remove_file
delete from media_file where authority_id = $1 and id = $2;

-- name: files_with_bytes
-- wide
select count(*) as files from media_file where sha256 = $1;

-- What the store has to hold: each content once, with one of the names people know it by.
-- name: contents
-- wide
select sha256, max(size) as size, min(name) as name from media_file group by sha256 order by sha256;
