-- The office that recorded a piece of evidence in the unit's place; null: the unit did.
alter table plan_evidence add column on_behalf_by_unit_id bigint;
