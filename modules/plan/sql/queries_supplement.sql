-- Work added to a plan in force.

-- name: supplement_by_id
select s.* from plan_supplement s where s.authority_id = $1 and s.plan_id = $2 and s.id = $3;

-- name: supplement_drafts_by_plan
select s.* from plan_supplement s
where s.authority_id = $1 and s.plan_id = $2 and s.state = 'draft' order by s.id;

-- Of plans in force that the units ",12,15," ($2; "*": all) have drafted.
-- name: supplement_drafts
select s.id, s.plan_id, s.title, s.changed_at from plan_supplement s
join plan_plan p on p.authority_id = $1 and p.id = s.plan_id
where s.authority_id = $1 and s.state = 'draft' and p.state = 'issued'
    and (cast($2 as text) = '*' or cast($2 as text) like '%,' || cast(p.drafting_unit_id as text) || ',%')
order by s.id limit $3;

-- name: insert_supplement
insert into plan_supplement (authority_id, id, plan_id, state, title, unit_id, topic_id, channel_id, deadline, target,
    created_at, created_by, changed_at, changed_by, version)
values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $10, $11, 1);

-- name: set_supplement_words
update plan_supplement set title = $3, unit_id = $4, topic_id = $5, channel_id = $6, deadline = $7, target = $8,
    changed_at = $9, changed_by = $10, version = version + 1
where authority_id = $1 and id = $2 and version = $11 and state = 'draft';

-- name: end_supplement
update plan_supplement set state = $3, activity_id = $4, changed_at = $5, changed_by = $6, version = version + 1
where authority_id = $1 and id = $2 and version = $7 and state = 'draft';
