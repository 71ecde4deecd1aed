-- The words of a product, and two indexes over them: whole words for search, trigrams for typing errors.
create extension if not exists pg_trgm;

create table product_search (
    product_id uuid primary key not null references products (id) on delete cascade,
    title text not null,
    body text not null,
    words tsvector generated always as (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'C')) stored
);
create index product_search_words on product_search using gin (words);
create index product_search_trigrams on product_search using gin (title gin_trgm_ops);
