-- What a revision says: clauses, activities, duties and what hangs on them. $1 is the acting authority.

-- name: clauses_by_revision
select c.* from plan_clause c where c.authority_id = $1 and c.revision_id = $2 order by c.position, c.id;

-- name: insert_clause
insert into plan_clause (authority_id, id, revision_id, kind, position, text, cited_number, cited_issuer,
    cited_day, cited_month, cited_year, reported_to, confidence, first_line, last_line, confirmed_by,
    changed_at, changed_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1);

-- name: set_clause
update plan_clause set text = $4, cited_number = $5, cited_issuer = $6, cited_day = $7, cited_month = $8,
    cited_year = $9, reported_to = $10, last_line = $11, confidence = $12, confirmed_by = $14,
    changed_at = $13, changed_by = $14, version = version + 1
where authority_id = $1 and revision_id = $2 and id = $3 and version = $15;

-- name: set_clause_position
update plan_clause set position = $4 where authority_id = $1 and revision_id = $2 and id = $3;

-- name: confirm_clause
update plan_clause set confirmed_by = $4, changed_at = $5, changed_by = $4, version = version + 1
where authority_id = $1 and revision_id = $2 and id = $3 and confirmed_by is null;

-- name: set_clause_dropped
update plan_clause set dropped = $4, changed_at = $5, changed_by = $6, version = version + 1
where authority_id = $1 and revision_id = $2 and id = $3 and version = $7;

-- name: delete_clause
delete from plan_clause where authority_id = $1 and revision_id = $2 and id = $3 and version = $4;

-- "cross join" makes SQLite begin with the clauses of the revision; it would read all mappings of the authority.
-- name: clause_mappings_by_revision
select m.clause_id, 'topic' as catalogue, m.topic_id as target_id, m.confirmed_by
from plan_clause c cross join plan_clause_topic m
where c.authority_id = $1 and c.revision_id = $2 and m.authority_id = $1 and m.clause_id = c.id
union all
select m.clause_id, 'channel' as catalogue, m.channel_id as target_id, m.confirmed_by
from plan_clause c cross join plan_clause_channel m
where c.authority_id = $1 and c.revision_id = $2 and m.authority_id = $1 and m.clause_id = c.id
order by target_id;

-- name: insert_clause_topic
insert into plan_clause_topic (authority_id, clause_id, topic_id, confirmed_by) values ($1, $2, $3, $4)
on conflict do nothing;

-- name: insert_clause_channel
insert into plan_clause_channel (authority_id, clause_id, channel_id, confirmed_by) values ($1, $2, $3, $4)
on conflict do nothing;

-- name: delete_clause_topics
delete from plan_clause_topic where authority_id = $1 and clause_id = $2;

-- name: delete_clause_channels
delete from plan_clause_channel where authority_id = $1 and clause_id = $2;

-- name: activities_by_revision
select t.*, a.kind, a.fields as kind_fields, a.version as kind_version from plan_activity_revision t
join plan_activity a on a.authority_id = $1 and a.id = t.activity_id
where t.authority_id = $1 and t.revision_id = $2 order by t.position, t.activity_id;

-- name: activity_by_id
select a.* from plan_activity a where a.authority_id = $1 and a.id = $2;

-- name: insert_activity
insert into plan_activity (authority_id, id, plan_id, kind, fields, version) values ($1, $2, $3, $4, '{}', 1);

-- name: set_activity_kind
update plan_activity set kind = $3, fields = $4, version = version + 1
where authority_id = $1 and id = $2 and version = $5;

-- name: insert_activity_revision
insert into plan_activity_revision (authority_id, revision_id, activity_id, position, ordinal, title,
    group_title, content, funding, dropped, confidence, first_line, last_line, field_lines, confirmed_by,
    added_by, added_at, changed_at, changed_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $18, $19, $16, $17, 1);

-- name: last_activity_position
select coalesce(max(t.position), 0) as position from plan_activity_revision t where t.authority_id = $1 and t.revision_id = $2;

-- name: set_activity_revision
update plan_activity_revision set ordinal = $4, title = $5, group_title = $6, content = $7, funding = $8,
    dropped = $9, last_line = $10, field_lines = $11, confidence = $12, confirmed_by = $14, changed_at = $13,
    changed_by = $14, version = version + 1
where authority_id = $1 and revision_id = $2 and activity_id = $3 and version = $15;

-- name: set_activity_position
update plan_activity_revision set position = $4
where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- name: confirm_activity
update plan_activity_revision set confirmed_by = $4, changed_at = $5, changed_by = $4, version = version + 1
where authority_id = $1 and revision_id = $2 and activity_id = $3 and version = $6;

-- name: touch_activity_revision
update plan_activity_revision set confidence = $4, changed_at = $5, changed_by = $6, version = version + 1
where authority_id = $1 and revision_id = $2 and activity_id = $3 and version = $7;

-- name: delete_activity_revision
delete from plan_activity_revision
where authority_id = $1 and revision_id = $2 and activity_id = $3 and version = $4;

-- name: delete_activity
delete from plan_activity where authority_id = $1 and id = $2;

-- name: duties_by_revision
select t.* from plan_duty_revision t
where t.authority_id = $1 and t.revision_id = $2 order by t.position, t.duty_id;

-- name: insert_duty
insert into plan_duty (authority_id, id, plan_id) values ($1, $2, $3);

-- name: insert_duty_revision
insert into plan_duty_revision (authority_id, revision_id, duty_id, position, text, activity_id, dropped,
    confidence, first_line, last_line, confirmed_by, changed_at, changed_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1);

-- name: set_duty_revision
update plan_duty_revision set text = $4, activity_id = $5, dropped = $6, last_line = $7, confidence = $8,
    confirmed_by = $10, changed_at = $9, changed_by = $10, version = version + 1
where authority_id = $1 and revision_id = $2 and duty_id = $3 and version = $11;

-- name: set_duty_position
update plan_duty_revision set position = $4 where authority_id = $1 and revision_id = $2 and duty_id = $3;

-- name: confirm_duty
update plan_duty_revision set confirmed_by = $4, changed_at = $5, changed_by = $4, version = version + 1
where authority_id = $1 and revision_id = $2 and duty_id = $3 and confirmed_by is null;

-- name: delete_duty_revision
delete from plan_duty_revision where authority_id = $1 and revision_id = $2 and duty_id = $3 and version = $4;

-- name: delete_duty
delete from plan_duty where authority_id = $1 and id = $2;

-- name: parties_by_revision
select p.* from plan_party p where p.authority_id = $1 and p.revision_id = $2 order by p.position, p.id;

-- name: insert_party
insert into plan_party (authority_id, id, revision_id, activity_id, duty_id, role, position, name, unit_id,
    group_id, accountable, added_by, added_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: delete_parties_of_activity
delete from plan_party where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- name: delete_parties_of_duty
delete from plan_party where authority_id = $1 and revision_id = $2 and duty_id = $3;

-- name: resolve_party
update plan_party set unit_id = $4, group_id = $5 where authority_id = $1 and revision_id = $2 and id = $3;

-- An activity, a duty or a clause has one at most, so they need no order; with one by id SQLite would read all of them.
-- name: deadlines_by_revision
select d.* from plan_deadline d where d.authority_id = $1 and d.revision_id = $2;

-- name: insert_deadline
insert into plan_deadline (authority_id, id, revision_id, activity_id, duty_id, clause_id, text, kind, from_date,
    to_date, every, due_day, due_month, added_by, added_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: delete_deadline_of_activity
delete from plan_deadline where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- name: delete_deadline_of_duty
delete from plan_deadline where authority_id = $1 and revision_id = $2 and duty_id = $3;

-- name: delete_deadline_of_clause
delete from plan_deadline where authority_id = $1 and revision_id = $2 and clause_id = $3;

-- name: targets_by_revision
select t.* from plan_target t where t.authority_id = $1 and t.revision_id = $2 order by t.position, t.id;

-- name: insert_target
insert into plan_target (authority_id, id, revision_id, activity_id, position, text, comparator,
    value_thousandths, unit_word, period, added_by, added_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: delete_targets_of_activity
delete from plan_target where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- name: products_by_revision
select p.* from plan_product p where p.authority_id = $1 and p.revision_id = $2 order by p.position, p.id;

-- name: insert_product
insert into plan_product (authority_id, id, revision_id, activity_id, position, text, added_by, added_at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: delete_products_of_activity
delete from plan_product where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- "cross join": as for the clauses.
-- name: activity_mappings_by_revision
select m.activity_id, 'topic' as catalogue, m.topic_id as target_id
from plan_activity_revision t cross join plan_activity_topic m
where t.authority_id = $1 and t.revision_id = $2 and m.authority_id = $1 and m.activity_id = t.activity_id
union all
select m.activity_id, 'channel' as catalogue, m.channel_id as target_id
from plan_activity_revision t cross join plan_activity_channel m
where t.authority_id = $1 and t.revision_id = $2 and m.authority_id = $1 and m.activity_id = t.activity_id
order by target_id;

-- name: insert_activity_topic
insert into plan_activity_topic (authority_id, activity_id, topic_id, added_by, added_at)
values ($1, $2, $3, $4, $5) on conflict do nothing;

-- name: insert_activity_channel
insert into plan_activity_channel (authority_id, activity_id, channel_id, added_by, added_at)
values ($1, $2, $3, $4, $5) on conflict do nothing;

-- name: delete_activity_topics
delete from plan_activity_topic where authority_id = $1 and activity_id = $2;

-- name: delete_activity_channels
delete from plan_activity_channel where authority_id = $1 and activity_id = $2;

-- name: detach_duties
update plan_duty_revision set activity_id = null
where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- name: attach_duties_to
update plan_duty_revision set activity_id = $4
where authority_id = $1 and revision_id = $2 and activity_id = $3;

-- name: set_activity_confidence
update plan_activity_revision set confidence = $4
where authority_id = $1 and revision_id = $2 and activity_id = $3 and confidence <> $4;

-- name: set_duty_confidence
update plan_duty_revision set confidence = $4
where authority_id = $1 and revision_id = $2 and duty_id = $3 and confidence <> $4;

-- name: warnings_by_revision
select w.* from plan_warning w where w.authority_id = $1 and w.revision_id = $2 order by w.first_line, w.id;

-- name: insert_warning
insert into plan_warning (authority_id, id, revision_id, code, about, first_line, last_line)
values ($1, $2, $3, $4, $5, $6, $7);
