-- A shop large enough that a plan without its index would be another one. `{id:…}` is an id made of a number, `{hash:…}` 32 bytes made of one.
insert into categories (id, slug, name, created_at, updated_at, parent_id)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 30)
    select {id:n}, 'category-' || n, 'Category ' || n, 0, 0, case when n > 10 then {id:(n % 10 + 1)} end from numbers;
insert into products (id, category_id, slug, name, name_key, description, status, attributes, price_amount, sellable_variants, rating_score, created_at, updated_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 4000)
    select {id:1000000 + n}, {id:(n % 30 + 1)}, 'product-' || n, 'Product ' || n, 'product ' || n, 'Thrown by hand in a small workshop, glazed inside and left raw outside, so that it lies well in the hand. Every piece comes out of the kiln a little different from the one before it. It takes the oven and the dishwasher, and it is packed in paper. Holds a third of a litre, weighs about as much as it looks, and comes in four colours.', case when n % 50 = 0 then 'draft' else 'published' end, '{}',
        n * 7919 % 20000, n % 3, n * 31 % 501, n, n from numbers;
insert into product_options (product_id, position, name, choices) select id, 0, 'Size', '["S", "M"]' from products;
insert into product_search (product_id, title, body) select id, name || case when created_at % 400 = 7 then ' stoneware' else '' end, description from products;
insert into variants (id, product_id, sku, options, options_key, position, price_amount, stock, created_at, updated_at)
    with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < 7999)
    select {id:2000000 + n}, {id:1000001 + n / 2}, 'SKU-' || n, '{}', 'k' || (n % 2), n % 2, n * 7919 % 20000, n % 7, n, n from numbers;
insert into variant_options (variant_id, product_id, name, value) select id, product_id, 'Size', case position when 0 then 'S' else 'M' end from variants;
insert into images (id, product_id, folder, width, height, widths, created_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 4000)
    select {id:3000000 + n}, {id:1000000 + n}, 'folder', 640, 800, '[640]', n from numbers;
insert into users (id, username, username_key, email, email_key, password_hash, created_at, updated_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 3000)
    select {id:4000000 + n}, 'user' || n, 'user' || n, n || '@example.com', n || '@example.com', '', n, n from numbers;
insert into sessions (id, user_id, created_at, last_used_at, expires_at, ended_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select {id:5000000 + n}, {id:(4000001 + n % 3000)}, n, n, 1000000 + n, case when n % 100 = 0 then 999000 + n end from numbers;
insert into refresh_tokens (id, session_id, token_hash, created_at, expires_at) select id, id, {hash:created_at}, created_at, expires_at from sessions;
insert into one_time_tokens (id, user_id, purpose, token_hash, email, created_at, expires_at) select id, id, 'password_reset', {hash:created_at}, email, created_at, 1000000 + created_at from users;
insert into carts (id, user_id, token_hash, created_at, updated_at, closed_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select {id:6000000 + n}, case when n <= 3000 then {id:4000000 + n} end, case when n > 3000 then {hash:n} end, n, n, case when n % 3 = 0 then n end from numbers;
insert into cart_items (id, cart_id, variant_id, quantity, seen_amount, created_at)
    with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < 11999)
    select {id:7000000 + n}, {id:6000001 + n / 2}, {id:2000000 + n % 8000}, 1, 1, n from numbers;
insert into orders (id, number, cart_id, user_id, access_token_hash, email, status, currency, subtotal, total, shipping_address, billing_address, shipping_method, placed_at, expires_at, updated_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select {id:8000000 + n}, n, {id:6000000 + n}, case when n % 300 = 2 then {id:4000001} when n % 2 = 0 then {id:(4000001 + n % 300)} end, {hash:n}, n || '@example.com',
        case when n % 200 = 0 then 'pending_payment' when n % 40 = 3 then 'paid' else 'delivered' end, 'EUR', 1, 1, '{}', '{}', 'standard', n,
        case when n % 200 = 0 then n end, n from numbers;
insert into order_items (id, order_id, position, variant_id, product_id, name, sku, options, quantity, unit_amount, line_amount)
    with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < 11999)
    select {id:9000000 + n}, {id:8000001 + n / 2}, n % 2, {id:2000000 + n % 8000}, {id:1000001 + n % 4000}, 'Product', 'SKU', '{}', 1, 1, 1 from numbers;
insert into order_events (id, order_id, kind, data, created_at) select id, order_id, 'placed', '{}', position from order_items;
insert into payments (id, order_id, provider, status, amount, currency, created_at, updated_at) select id, id, 'manual', 'captured', 1, 'EUR', number, number from orders;
insert into stock_movements (id, variant_id, delta, stock_after, kind, created_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 8000)
    select {id:10000000 + n}, case when n % 10 = 0 then {id:2000001} else {id:2000000 + n % 8000} end, 1, 1, 'initial', n from numbers;
insert into reviews (id, product_id, user_id, rating, helpful_count, hidden, created_at, updated_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 36000)
    select {id:11000000 + n}, case when n <= 2000 then {id:1000001} else {id:1000000 + n % 3900 + 2} end, {id:(4000001 + n % 3000)}, n % 5 + 1, n * 31 % 97, n % 40 = 0, n, n from numbers;
insert into review_votes (review_id, user_id, created_at) select id, {id:(4000001 + created_at % 2999)}, created_at from reviews;
insert into wishlist_items (user_id, product_id, created_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select case when n <= 1000 then {id:4000001} else {id:(4000002 + n % 300)} end, {id:1000001 + n % 4000}, n from numbers;
insert into idempotency_keys (scope, key, fingerprint, status, body, headers, created_at, expires_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select 'user:' || (n % 300), 'key-' || n, {hash:n}, 201, '', '{}', n, 1000000 + n from numbers;
insert into outbox (id, kind, payload, created_at, available_at, delivered_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select {id:12000000 + n}, 'event.order.placed', '{}', n, n, case when n % 300 <> 0 then 1000000 + n end from numbers;
insert into mails (id, user_id, kind, recipient, subject, body, status, created_at, next_at)
    select id, id, 'mail.welcome', email, '', '', case when created_at % 300 = 0 then 'queued' else 'sent' end, created_at, case when created_at % 300 = 0 then created_at end from users;
insert into audit (id, actor_id, action, subject_kind, subject_id, details, created_at) select id, id, case when created_at % 100 = 0 then 'review.hidden' else 'product.updated' end, 'product', username, '{}', created_at from users;
insert into jobs (id, kind, payload, status, max_attempts, due_at, available_at, created_at, finished_at)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 6000)
    select {id:13000000 + n}, 'forget_carts', '{}', case when n % 300 = 0 then 'queued' when n % 100 = 1 then 'dead' else 'done' end, 5, n, n, n, case when n % 300 <> 0 then n end from numbers;
