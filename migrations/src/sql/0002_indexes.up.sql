-- Lists by category, in every order; a person's orders of one state; and what was read from end to end: users, wishlists, carts that hold a variant, and what is forgotten.
create index products_category_name on products (category_id, status, name_key, id);
create index products_category_rating on products (category_id, status, rating_score desc, id desc);
create index orders_user_status on orders (user_id, status, number desc);
create index users_newest on users (created_at desc, id desc) where deleted_at is null;
create index wishlist_items_newest on wishlist_items (user_id, created_at desc, product_id desc);
create index cart_items_variant on cart_items (variant_id);
create index sessions_expiring on sessions (expires_at);
create index sessions_ended on sessions (ended_at) where ended_at is not null;
create index refresh_tokens_expiring on refresh_tokens (expires_at);
create index one_time_tokens_expiring on one_time_tokens (expires_at);
