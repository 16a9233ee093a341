-- name: put_document
insert into search_document (authority_id, id, ref_kind, ref_id, kind_label, title, body, path, visible_to, indexed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (authority_id, ref_kind, ref_id) do update
set kind_label = excluded.kind_label, title = excluded.title, body = excluded.body, path = excluded.path,
    visible_to = excluded.visible_to, indexed_at = excluded.indexed_at
returning id;

-- name: document_by_ref
select id from search_document where authority_id = $1 and ref_kind = $2 and ref_id = $3;

-- name: document_by_id
select id, ref_kind, ref_id, kind_label, title, body, path
from search_document
where authority_id = $1 and id = $2;

-- name: remove_document
delete from search_document where authority_id = $1 and id = $2;

-- name: remove_documents_of_kind
delete from search_document where authority_id = $1 and ref_kind = $2;

-- name: count_documents_of_kind
select count(*) as documents from search_document where authority_id = $1 and ref_kind = $2;

-- name: add_miss
insert into search_miss (authority_id, day, query, count) values ($1, $2, $3, $4)
on conflict (authority_id, day, query) do update set count = search_miss.count + excluded.count;

-- name: misses
select query, cast(sum(count) as bigint) as count
from search_miss
where authority_id = $1 and day >= $2 and day <= $3
group by query
order by sum(count) desc, query
limit $4;

-- name: put_filling
insert into search_filling (authority_id, ref_kind, filled_at) values ($1, $2, $3)
on conflict (authority_id, ref_kind) do update set filled_at = excluded.filled_at;

-- name: fillings
select ref_kind from search_filling where authority_id = $1;
