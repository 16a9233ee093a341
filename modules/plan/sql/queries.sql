-- Statements of plan, by noun. $1 is always the acting authority.

-- name: plan_by_id
select p.* from plan_plan p where p.authority_id = $1 and p.id = $2 and p.trashed_at is null;

-- name: insert_plan
insert into plan_plan (authority_id, id, state, title, year_from, year_to, drafting_unit_id,
    aggregating_unit_id, issued_revision_id, draft_revision_id, created_at, created_by, version)
values ($1, $2, 'draft', $3, $4, $5, $6, $7, null, $8, $9, $10, 1);

-- name: set_plan_state
update plan_plan set state = $3, issued_revision_id = $4, draft_revision_id = $5, version = version + 1
where authority_id = $1 and id = $2 and version = $6;

-- name: set_plan_title
update plan_plan set title = $3, year_from = $4, year_to = $5 where authority_id = $1 and id = $2;

-- Who reads the lines of all units.
-- name: offices_of_plans
select p.id, p.drafting_unit_id, p.aggregating_unit_id from plan_plan p where p.authority_id = $1 order by p.id;

-- name: set_aggregating_unit
update plan_plan set aggregating_unit_id = $3, version = version + 1
where authority_id = $1 and id = $2 and version = $4;

-- list: plans
select p.*, r.issued_number, r.document_symbol, r.issued_on, r.state as revision_state, r.changed_at
from plan_plan p
join plan_revision r on r.authority_id = $1 and r.plan_id = p.id
    and r.id = coalesce(p.issued_revision_id, p.draft_revision_id)
where p.authority_id = $1 and p.trashed_at is null
-- filter: state
and p.state = $value
-- filter: year
and p.year_from <= $value and p.year_to >= $value
-- $value lists the units whose drafts the person may read, ",12,15,".
-- filter: drafts_of
and (p.issued_revision_id is not null
    or cast($value as text) like '%,' || cast(p.drafting_unit_id as text) || ',%'
    or cast($value as text) like '%,' || cast(p.aggregating_unit_id as text) || ',%')
-- order: newest
order by r.changed_at desc, p.id desc

-- What waits for person $5: drafts and approved ones of the units where she drafts ($2), what is to be approved ($3), and
-- corrections that she neither asked for nor wrote, where she may agree ($4). Units are ",12,15,"; "*": all.
-- name: plans_on_desk
select p.id, p.title, r.state as revision_state, case when r.kind = 'correction' then 1 else 0 end as correction, r.changed_at
from plan_plan p
join plan_revision r on r.authority_id = $1 and r.id = p.draft_revision_id
where p.authority_id = $1 and p.trashed_at is null
    and ((r.state in ('draft', 'approved')
            and (cast($2 as text) = '*' or cast($2 as text) like '%,' || cast(p.drafting_unit_id as text) || ',%'))
        or (r.state = 'under_review' and r.kind <> 'correction'
            and (cast($3 as text) = '*' or cast($3 as text) like '%,' || cast(p.drafting_unit_id as text) || ',%'))
        or (r.state = 'under_review' and r.kind = 'correction' and coalesce(r.proposed_by, 0) <> $5 and r.changed_by <> $5
            and (cast($4 as text) = '*' or cast($4 as text) like '%,' || cast(p.drafting_unit_id as text) || ',%')))
order by r.changed_at desc, p.id desc
limit $6;

-- name: revision_by_id
select r.* from plan_revision r where r.authority_id = $1 and r.id = $2;

-- name: revisions_by_plan
select r.* from plan_revision r where r.authority_id = $1 and r.plan_id = $2 order by r.ordinal desc;

-- name: insert_revision
insert into plan_revision (authority_id, id, plan_id, ordinal, kind, state, document_type, document_number,
    document_symbol, issuer, place, day, month, year, title, decision, signed_authority, signed_on_behalf,
    signer_position, signer_name, document_confirmed_by, document_version, issued_number, issued_on, file_id,
    file_name, created_at, created_by, changed_at, changed_by, reason, proposed_by, head_lines, version)
values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $26, 1,
    null, null, $20, $21, $22, $23, $22, $23, $24, $25, $27, 1);

-- name: set_document
update plan_revision set document_type = $3, document_number = $4, document_symbol = $5, issuer = $6, place = $7,
    day = $8, month = $9, year = $10, title = $11, decision = $12, signed_authority = $13,
    signed_on_behalf = $14, signer_position = $15, signer_name = $16, document_confirmed_by = $17,
    document_version = document_version + 1, changed_at = $18, changed_by = $17, version = version + 1
where authority_id = $1 and id = $2 and document_version = $19 and state = 'draft';

-- name: touch_revision
update plan_revision set changed_at = $3, changed_by = $4, version = version + 1
where authority_id = $1 and id = $2;

-- name: set_revision_state
update plan_revision set state = $3, changed_at = $4, changed_by = $5, version = version + 1
where authority_id = $1 and id = $2 and version = $6;

-- name: set_revision_issued
update plan_revision set state = 'issued', issued_number = $3, issued_on = $4, changed_at = $5, changed_by = $6,
    document_symbol = coalesce(document_symbol, $8), version = version + 1
where authority_id = $1 and id = $2 and version = $7;

-- name: revision_with_number
select r.plan_id, r.title from plan_revision r
where r.authority_id = $1 and r.issued_number = $2 and r.document_symbol = $3 and substr(r.issued_on, 1, 4) = $4
    and r.id <> $5
order by r.id
limit 1;

-- name: source_by_revision
select s.lines from plan_source s where s.authority_id = $1 and s.revision_id = $2;

-- name: insert_source
insert into plan_source (authority_id, revision_id, lines) values ($1, $2, $3);

-- name: insert_step
insert into plan_step (authority_id, id, plan_id, revision_id, name, person_id, at, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: steps_by_plan
select s.name, s.person_id, s.at, s.reason, p.name as person_name from plan_step s
left join identity_public_person p on p.id = s.person_id
where s.authority_id = $1 and s.plan_id = $2 order by s.at desc, s.id desc;
