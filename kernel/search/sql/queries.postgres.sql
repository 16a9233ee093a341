-- name: dialect
select cast('tsquery' as text) as dialect;

-- name: add_words
insert into search_words (authority_id, document_id, words)
values ($1, $2, cast(cast($3 as text) || ' ' || cast($4 as text) as tsvector));

-- name: remove_words
delete from search_words where authority_id = $1 and document_id = $2;

-- name: remove_words_of_kind
delete from search_words
where authority_id = $1
  and document_id in (select d.id from search_document d where d.authority_id = $1 and d.ref_kind = $2);

-- $2 is a tsquery made of quoted words only; $3 lists what the person is a reader of, ",all,unit:7,". Ranking reads
-- every position of a word, so of words that stand everywhere only the newest thousand documents are ranked.
-- name: find
with matching as (
    select w.document_id, w.words
    from search_words w
    join search_document d on d.authority_id = $1 and d.id = w.document_id
    where w.authority_id = $1 and w.words @@ cast($2 as tsquery)
      and exists (select 1 from json_array_elements_text(cast(d.visible_to as json)) as r(value)
          where strpos($3, ',' || r.value || ',') > 0)
    order by w.document_id desc
    limit 1000
)
select m.document_id as id
from matching m
order by ts_rank_cd(m.words, cast($2 as tsquery), 1) desc, m.document_id desc
limit $4;
