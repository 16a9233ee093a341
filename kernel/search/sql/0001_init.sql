-- What can be found, in the words of its owner. The index of its words stands apart, because the two databases
-- keep it in different ways (0002_words).
-- visible_to: "all" of the authority, "unit:<id>", "verb:<name>".
-- distributed by authority_id
create table search_document (
    authority_id bigint not null,
    id bigint not null,
    ref_kind text not null,
    ref_id bigint not null,
    kind_label text not null,
    title text not null,
    body text not null,
    path text not null,
    visible_to text not null,
    indexed_at bigint not null,
    constraint search_document_pkey primary key (authority_id, id),
    constraint search_document_ref_key unique (authority_id, ref_kind, ref_id)
);

-- What was looked for and not found, folded, by day; no person.
-- distributed by authority_id
create table search_miss (
    authority_id bigint not null,
    day text not null,
    query text not null,
    count bigint not null,
    constraint search_miss_pkey primary key (authority_id, day, query)
);
