-- Lists of all lines walk plan by plan, by the day they fall due, what has none last.
drop index plan_occurrence_made_index;
create index plan_occurrence_due_index on plan_occurrence (authority_id, plan_id, coalesce(due_on, '9999-12-31'), id);
