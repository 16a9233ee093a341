-- name: dialect
select 'fts5' as dialect;

-- name: add_words
insert into search_words (rowid, authority, title, body)
values ($2, 'a' || $1, $3, $4);

-- name: remove_words
delete from search_words
where rowid = (select id from search_document where authority_id = $1 and id = $2);

-- name: remove_words_of_kind
delete from search_words
where rowid in (select id from search_document where authority_id = $1 and ref_kind = $2);

-- $2 is an expression of FTS5 made of quoted words only; $3 lists what the person is a reader of, ",all,unit:7,".
-- name: find
select d.id
from search_words
join search_document d on d.authority_id = $1 and d.id = search_words.rowid
where search_words match 'authority : "a' || $1 || '" AND {title body} : (' || $2 || ')'
  and exists (select 1 from json_each(d.visible_to) r where instr($3, ',' || r.value || ',') > 0)
order by bm25(search_words, 0.0, 10.0, 1.0), d.id desc
limit $4;
