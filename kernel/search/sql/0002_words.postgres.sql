-- The words of search_document, cut and folded by us (words.h) and handed over as a finished tsvector, so that
-- no text-search configuration of the server has a say: titles have weight A, bodies D.
-- distributed by authority_id
create table search_words (
    authority_id bigint not null,
    document_id bigint not null,
    words tsvector not null,
    constraint search_words_pkey primary key (authority_id, document_id),
    constraint search_words_document_fkey foreign key (authority_id, document_id)
        references search_document (authority_id, id) on delete cascade
);
create index search_words_index on search_words using gin (words);
