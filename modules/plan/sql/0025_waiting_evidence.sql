-- What waits to be confirmed, the oldest first: few of all the pieces there are.
create index plan_evidence_waiting_index on plan_evidence (authority_id, submitted_at, id) where state = 'submitted';
