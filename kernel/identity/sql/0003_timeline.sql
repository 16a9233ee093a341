-- What one person did, newest first.
create index identity_timeline_line_person on identity_timeline_line (authority_id, person_id, id);
