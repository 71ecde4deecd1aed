-- The words of a product, and two indexes over them: whole words for search, trigrams for typing errors.
create table product_search (
    doc integer primary key autoincrement not null,
    product_id blob not null unique references products (id) on delete cascade,
    title text not null,
    body text not null
);

create virtual table product_fts using fts5 (title, body, content = 'product_search', content_rowid = 'doc', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
create virtual table product_trigrams using fts5 (title, content = 'product_search', content_rowid = 'doc', tokenize = 'trigram', detail = 'none');

create trigger product_search_insert after insert on product_search begin
    insert into product_fts (rowid, title, body) values (new.doc, new.title, new.body);
    insert into product_trigrams (rowid, title) values (new.doc, new.title);
end;

create trigger product_search_delete after delete on product_search begin
    insert into product_fts (product_fts, rowid, title, body) values ('delete', old.doc, old.title, old.body);
    insert into product_trigrams (product_trigrams, rowid, title) values ('delete', old.doc, old.title);
end;

create trigger product_search_update after update on product_search begin
    insert into product_fts (product_fts, rowid, title, body) values ('delete', old.doc, old.title, old.body);
    insert into product_trigrams (product_trigrams, rowid, title) values ('delete', old.doc, old.title);
    insert into product_fts (rowid, title, body) values (new.doc, new.title, new.body);
    insert into product_trigrams (rowid, title) values (new.doc, new.title);
end;
