-- The plan's page counts its assignments by activity and state each time it is shown; this index holds all it needs.
drop index plan_assignment_plan_index;
create index plan_assignment_plan_index on plan_assignment (authority_id, plan_id, activity_id, duty_id, state);
