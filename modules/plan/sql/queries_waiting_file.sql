-- Files on their way in. $1 is always the acting authority.

-- name: waiting_file
select w.* from plan_waiting_file w where w.authority_id = $1 and w.id = $2;

-- name: insert_waiting_file
insert into plan_waiting_file (authority_id, id, person_id, drafting_unit_id, file_id, file_name, state, pages_done,
    pages, plan_id, problem, created_at)
values ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, null, null, $7);

-- name: delete_ended_waiting_files
delete from plan_waiting_file where authority_id = $1 and person_id = $2 and state <> 'waiting';

-- name: set_waiting_file_pages
update plan_waiting_file set pages_done = $3, pages = $4 where authority_id = $1 and id = $2 and state = 'waiting';

-- name: end_waiting_file
update plan_waiting_file set state = $3, plan_id = $4, problem = $5
where authority_id = $1 and id = $2 and state = 'waiting';

-- name: count_of_waiting_files
select count(*) as files from plan_waiting_file w
where w.authority_id = $1 and w.person_id = $2 and w.state = 'waiting';

-- name: hand_over_waiting_files
update plan_waiting_file set person_id = $3 where authority_id = $1 and person_id = $2 and state = 'waiting';
