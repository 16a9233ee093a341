-- Where a piece can be seen on the web, with the copy that a job keeps of it, and where a number comes from.
alter table plan_evidence add column link text;
alter table plan_evidence add column link_title text;
alter table plan_evidence add column link_saved_at bigint;
-- media's record of the copy
alter table plan_evidence add column link_file_id bigint;
-- why there is no copy, as JSON {key, args}
alter table plan_evidence add column link_problem text;
alter table plan_evidence add column number_source text;
