-- A plan's file that other programs have to read first (PDF, .doc, .odt, .rtf): it waits for a job, and the person who
-- brought it sees how far that is. Ended ones go when the same person brings the next.
-- distributed by authority_id
create table plan_waiting_file (
    authority_id bigint not null,
    id bigint not null,
    person_id bigint not null,
    drafting_unit_id bigint not null,
    file_id bigint not null,
    file_name text not null,
    state text not null,
    -- of a scan: pages recognised so far, and all of them
    pages_done integer not null,
    pages integer not null,
    plan_id bigint,
    -- why it was refused: {"key": "formats.damaged", "args": {"name": "words"}}
    problem text,
    created_at bigint not null,
    constraint plan_waiting_file_pkey primary key (authority_id, id),
    constraint plan_waiting_file_state_check check (state in ('waiting', 'read', 'refused', 'cancelled'))
);
create index plan_waiting_file_person_index on plan_waiting_file (authority_id, person_id);
