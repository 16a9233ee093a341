-- What fell short of a plan, for who makes the next one. $1 is always the acting authority, $2 the plan.

-- Times that were reported late, or were not reported by their day.
-- name: late_times_by_subject
select o.subject_id, count(*) as times from plan_occurrence o
where o.authority_id = $1 and o.plan_id = $2 and (o.on_time = 0 or (o.state = 'open' and o.due_on < $3))
group by o.subject_id order by o.subject_id;

-- name: targets_by_plan
select s.activity_id, t.unit_word, t.value_thousandths, t.times,
    (select coalesce(sum(l.quantity_thousandths), 0) from plan_evidence_line l
        join plan_evidence e on e.authority_id = $1 and e.id = l.evidence_id
        where l.authority_id = $1 and l.target_id = t.id and e.state = 'confirmed') as done_thousandths,
    (select coalesce(sum(r.amount), 0) from plan_child_result r
        where r.authority_id = $1 and r.assignment_id = t.assignment_id and r.target_id = t.id) as child_thousandths
from plan_assignment s
join plan_assignment_target t on t.authority_id = $1 and t.assignment_id = s.id
where s.authority_id = $1 and s.plan_id = $2 and s.state <> 'ended' and s.activity_id is not null and t.dropped = 0
order by s.activity_id, t.position, t.id;
