-- Why the day of a piece, or the time of one of its photos, is right although it raises a question (evidence_time.h).
alter table plan_evidence add column explanation text;
-- By which the telephone that sent it knows it; null where a page did. What comes twice, days apart too, is one piece.
alter table plan_evidence add column sent_as text;
create unique index plan_evidence_sent_as on plan_evidence (authority_id, sent_as);
