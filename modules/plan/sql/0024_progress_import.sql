-- A spreadsheet of what was done: kept while its person looks at what it would become, and afterwards as the source of
-- the numbers that were taken from it.
-- distributed by authority_id
create table plan_progress_import (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    -- media's record
    file_id bigint not null,
    file_name text not null,
    -- what the person said of its columns and rows, as JSON (progress_answers.h)
    answers text not null,
    brought_at bigint not null,
    -- when its rows became evidence; null: not yet
    recorded_at bigint,
    version integer not null,
    constraint plan_progress_import_pkey primary key (authority_id, id)
);
create index plan_progress_import_person_index on plan_progress_import (authority_id, person_id);

-- The piece of evidence that a row became. A row that says the same becomes no second one, from whatever file and by
-- whomever; once the piece is withdrawn it may.
-- distributed by authority_id
create table plan_imported_row (
    authority_id bigint not null,
    evidence_id bigint not null,
    import_id bigint not null,
    row_number integer not null,
    -- SHA-256 of what the row says; null once the piece is withdrawn
    fingerprint text,
    constraint plan_imported_row_pkey primary key (authority_id, evidence_id),
    constraint plan_imported_row_import_fkey foreign key (authority_id, import_id)
        references plan_progress_import (authority_id, id)
);
create unique index plan_imported_row_fingerprint_key on plan_imported_row (authority_id, fingerprint) where fingerprint is not null;
create index plan_imported_row_import_index on plan_imported_row (authority_id, import_id);
