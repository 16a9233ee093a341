-- What other modules need not put together themselves.

-- What a line is about, in the words of the revision that is in force: the activity's title, or what the duty says.
create view plan_public_line as
select s.authority_id, s.id, a.ordinal, coalesce(a.title, d.text) as title
from plan_assignment s
join plan_plan p on p.authority_id = s.authority_id and p.id = s.plan_id
left join plan_activity_revision a
    on a.authority_id = s.authority_id and a.revision_id = p.issued_revision_id and a.activity_id = s.activity_id
left join plan_duty_revision d
    on d.authority_id = s.authority_id and d.revision_id = p.issued_revision_id and d.duty_id = s.duty_id;
