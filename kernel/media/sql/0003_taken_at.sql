-- When the picture was taken, by the clock of its camera, read as the time of Vietnam; null where nobody asked or it says nothing.
alter table media_file add column taken_at bigint;
