-- Begun with the status, PostgreSQL did not choose it: three parts of an index cost it more than one part of `orders_placed`.
-- `if not exists`: where there are millions of orders it is made beforehand, `concurrently`.
create index if not exists orders_sold_placed on orders (placed_at, status, total) where status in ('paid', 'fulfilled', 'delivered');
drop index orders_sold;
