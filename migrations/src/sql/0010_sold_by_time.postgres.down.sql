create index orders_sold on orders (status, placed_at, total) where status in ('paid', 'fulfilled', 'delivered');
drop index orders_sold_placed;
