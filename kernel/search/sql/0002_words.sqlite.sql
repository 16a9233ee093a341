-- The words of search_document, cut and folded by us (words.h): the tokenizer only splits at blanks and keeps
-- "=", the sign of toned words. The table keeps its own text, so that deleting a row takes its words out of the
-- index too; one without content could not, in SQLite 3.40. rowid is search_document.id. The authority is a
-- word as well ("a12"), so that the index itself leaves the others out.
create virtual table search_words using fts5(authority, title, body, prefix = '2 3', tokenize = "ascii tokenchars '='");
