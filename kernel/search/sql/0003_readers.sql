-- A document may have several kinds of readers: a JSON list of "all", "unit:<id>", "verb:<name>", "verb:<name>@<unit>".
update search_document set visible_to = '["' || visible_to || '"]';
