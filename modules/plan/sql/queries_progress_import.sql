-- Spreadsheets of what was done. $1 is always the acting authority.

-- name: progress_import
select i.* from plan_progress_import i where i.authority_id = $1 and i.id = $2;

-- Those that the person has not taken over, the latest first.
-- name: open_progress_imports
select i.* from plan_progress_import i
where i.authority_id = $1 and i.person_id = $2 and i.recorded_at is null order by i.id desc;

-- name: insert_progress_import
insert into plan_progress_import (authority_id, id, person_id, file_id, file_name, answers, brought_at, recorded_at, version)
values ($1, $2, $3, $4, $5, $6, $7, null, 1);

-- name: set_progress_answers
update plan_progress_import set answers = $3, version = version + 1
where authority_id = $1 and id = $2 and version = $4 and recorded_at is null;

-- name: mark_progress_recorded
update plan_progress_import set recorded_at = $3, version = version + 1
where authority_id = $1 and id = $2 and version = $4 and recorded_at is null;

-- name: delete_progress_import
delete from plan_progress_import where authority_id = $1 and id = $2 and recorded_at is null;

-- name: imported_row
select r.* from plan_imported_row r where r.authority_id = $1 and r.fingerprint = $2;

-- name: insert_imported_row
insert into plan_imported_row (authority_id, evidence_id, import_id, row_number, fingerprint)
values ($1, $2, $3, $4, $5) on conflict do nothing;

-- name: forget_imported_row
update plan_imported_row set fingerprint = null where authority_id = $1 and evidence_id = $2;

-- Where the pieces of one line came from.
-- name: imports_by_assignment
select r.evidence_id, i.id, i.file_id from plan_evidence e
join plan_imported_row r on r.authority_id = $1 and r.evidence_id = e.id
join plan_progress_import i on i.authority_id = $1 and i.id = r.import_id
where e.authority_id = $1 and e.assignment_id = $2 order by r.evidence_id;

-- name: assignments_of_progress_import
select distinct s.* from plan_assignment s
join plan_evidence e on e.authority_id = $1 and e.assignment_id = s.id
join plan_imported_row r on r.authority_id = $1 and r.evidence_id = e.id
where s.authority_id = $1 and r.import_id = $2;

-- name: count_of_progress_imports
select count(*) as files from plan_progress_import i
where i.authority_id = $1 and i.person_id = $2 and i.recorded_at is null;

-- name: hand_over_progress_imports
update plan_progress_import set person_id = $3 where authority_id = $1 and person_id = $2 and recorded_at is null;
