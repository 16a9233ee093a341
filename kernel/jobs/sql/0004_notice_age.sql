-- Which notices are old enough to be forgotten (jobs.forget_notices).
create index jobs_notice_age on jobs_notice (created_at);
