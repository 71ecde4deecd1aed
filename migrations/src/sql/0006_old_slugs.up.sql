-- The slugs that products and categories had before: links to them still lead somewhere.
create table product_slugs (
    slug text primary key not null,
    product_id {uuid} not null references products (id) on delete cascade
);
create index product_slugs_product on product_slugs (product_id);

create table category_slugs (
    slug text primary key not null,
    category_id {uuid} not null references categories (id) on delete cascade
);
create index category_slugs_category on category_slugs (category_id);
