-- A record of another module that a piece cites, by its Ref, with the title it had then; one piece of a line at a time.
alter table plan_evidence add column record_kind text;
alter table plan_evidence add column record_id bigint;
alter table plan_evidence add column record_title text;
create unique index plan_evidence_record_index on plan_evidence (authority_id, assignment_id, record_kind, record_id)
    where record_id is not null and state <> 'withdrawn';
