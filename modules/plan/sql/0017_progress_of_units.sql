-- How far each unit is with all plans together, read in the order of the units.
create index plan_unit_progress_unit_index on plan_unit_progress (authority_id, unit_id, plan_id, lines, reported, closed);
