-- ---- Drafts in the trash, and out of it -----------------------------------------------------------------------

-- name: hide_plan
update plan_plan set trashed_at = $3, version = version + 1
where authority_id = $1 and id = $2 and version = $4 and trashed_at is null;

-- name: unhide_plan
update plan_plan set trashed_at = null, version = version + 1
where authority_id = $1 and id = $2 and trashed_at is not null;

-- Erased for good, in this order: what hangs on a row goes before it.
-- name: purge_warnings
delete from plan_warning where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_deadlines
delete from plan_deadline where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_targets
delete from plan_target where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_products
delete from plan_product where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_parties
delete from plan_party where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_activity_topics
delete from plan_activity_topic where authority_id = $1
    and activity_id in (select a.id from plan_activity a where a.authority_id = $1 and a.plan_id = $2);

-- name: purge_activity_channels
delete from plan_activity_channel where authority_id = $1
    and activity_id in (select a.id from plan_activity a where a.authority_id = $1 and a.plan_id = $2);

-- name: purge_duty_revisions
delete from plan_duty_revision where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_activity_revisions
delete from plan_activity_revision where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_duties
delete from plan_duty where authority_id = $1 and plan_id = $2;

-- name: purge_activities
delete from plan_activity where authority_id = $1 and plan_id = $2;

-- Their Topics and Channels with them.
-- name: purge_clauses
delete from plan_clause where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_sources
delete from plan_source where authority_id = $1
    and revision_id in (select r.id from plan_revision r where r.authority_id = $1 and r.plan_id = $2);

-- name: purge_steps
delete from plan_step where authority_id = $1 and plan_id = $2;

-- name: purge_revisions
delete from plan_revision where authority_id = $1 and plan_id = $2;

-- name: purge_plan
delete from plan_plan where authority_id = $1 and id = $2;
