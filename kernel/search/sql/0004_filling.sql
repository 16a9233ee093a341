-- What the index of an authority has been filled with, by kind of record. A kind without a row came with a newer
-- program, or the authority is new: the job search.fill fills it.
-- distributed by authority_id
create table search_filling (
    authority_id bigint not null,
    ref_kind text not null,
    filled_at bigint not null,
    constraint search_filling_pkey primary key (authority_id, ref_kind)
);

-- Up to here every kind was indexed from its first record on.
insert into search_filling (authority_id, ref_kind, filled_at)
select d.authority_id, d.ref_kind, max(d.indexed_at) from search_document d group by d.authority_id, d.ref_kind;
