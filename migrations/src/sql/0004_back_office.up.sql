-- Partial, so that who places an order or buys what there is plenty of writes nothing more.
create index orders_sold on orders (status, placed_at, total) where status in ('paid', 'fulfilled', 'delivered');
create index variants_low on variants (stock, id) where stock <= 5 and deleted_at is null;
create index reviews_latest on reviews (created_at desc, id desc);
create index reviews_hidden on reviews (created_at desc, id desc) where hidden;
