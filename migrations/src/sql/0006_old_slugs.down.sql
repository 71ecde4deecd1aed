drop table category_slugs;
drop table product_slugs;
