-- Instants are milliseconds since 1970 in bigint columns, amounts are minor units in bigint columns.

create table users (
    id {uuid} primary key not null,
    username text not null,
    username_key text not null unique,
    email text not null,
    email_key text not null unique,
    password_hash text not null,
    first_name text not null default '',
    last_name text not null default '',
    city text not null default '',
    address text not null default '',
    role text not null default 'customer' check (role in ('customer', 'staff', 'admin')),
    active boolean not null default true,
    email_verified_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
);

create table sessions (
    id {uuid} primary key not null,
    user_id {uuid} not null references users (id) on delete cascade,
    version bigint not null default 1,
    user_agent text not null default '',
    ip text not null default '',
    created_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    ended_because text
);
create index sessions_user on sessions (user_id, created_at);

create table refresh_tokens (
    id {uuid} primary key not null,
    session_id {uuid} not null references sessions (id) on delete cascade,
    token_hash {bytes} not null unique,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index refresh_tokens_session on refresh_tokens (session_id);

create table one_time_tokens (
    id {uuid} primary key not null,
    user_id {uuid} not null references users (id) on delete cascade,
    purpose text not null check (purpose in ('password_reset', 'email_verification')),
    token_hash {bytes} not null unique,
    email text not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index one_time_tokens_user on one_time_tokens (user_id, purpose);

create table categories (
    id {uuid} primary key not null,
    parent_id {uuid} references categories (id),
    slug text not null unique,
    name text not null,
    description text not null default '',
    image_key text,
    position integer not null default 0,
    version bigint not null default 1,
    created_at bigint not null,
    updated_at bigint not null
);
create index categories_parent on categories (parent_id);

-- price_amount, compare_at_amount, sellable_variants and the rating are kept with their causes in the same
-- transaction, so that a list reads one row a product.
create table products (
    id {uuid} primary key not null,
    category_id {uuid} references categories (id),
    slug text not null unique,
    name text not null,
    name_key text not null,
    description text not null default '',
    status text not null check (status in ('draft', 'published', 'archived')),
    attributes {json} not null,
    price_amount bigint not null default 0 check (price_amount >= 0),
    compare_at_amount bigint check (compare_at_amount >= 0),
    sellable_variants integer not null default 0 check (sellable_variants >= 0),
    rating_sum bigint not null default 0 check (rating_sum >= 0),
    rating_count bigint not null default 0 check (rating_count >= 0),
    rating_score bigint not null default 0 check (rating_score between 0 and 500),
    version bigint not null default 1,
    created_at bigint not null,
    updated_at bigint not null
);
create index products_newest on products (status, created_at desc, id desc);
create index products_price on products (status, price_amount, id);
create index products_name on products (status, name_key, id);
create index products_rating on products (status, rating_score desc, id desc);
create index products_category_newest on products (category_id, status, created_at desc, id desc);
create index products_category_price on products (category_id, status, price_amount, id);

create table product_options (
    product_id {uuid} not null references products (id) on delete cascade,
    position integer not null,
    name text not null,
    choices {json} not null,
    primary key (product_id, position),
    unique (product_id, name)
);

-- A variant is never deleted: orders and the ledger point at it.
create table variants (
    id {uuid} primary key not null,
    product_id {uuid} not null references products (id) on delete cascade,
    sku text not null,
    options {json} not null,
    options_key text not null,
    position integer not null default 0,
    price_amount bigint not null check (price_amount >= 0),
    compare_at_amount bigint check (compare_at_amount >= 0),
    stock bigint not null default 0 check (stock >= 0),
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint
);
create unique index variants_sku on variants (sku) where deleted_at is null;
create unique index variants_options on variants (product_id, options_key) where deleted_at is null;
create index variants_product on variants (product_id, position);

create table variant_options (
    variant_id {uuid} not null references variants (id) on delete cascade,
    product_id {uuid} not null references products (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (variant_id, name)
);
create index variant_options_value on variant_options (name, value, product_id);
create index variant_options_product on variant_options (product_id);

create table images (
    id {uuid} primary key not null,
    product_id {uuid} not null references products (id) on delete cascade,
    position integer not null default 0,
    folder text not null,
    alt text not null default '',
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    widths {json} not null,
    source text,
    created_at bigint not null
);
create index images_product on images (product_id, position);

create table carts (
    id {uuid} primary key not null,
    user_id {uuid} references users (id) on delete cascade,
    token_hash {bytes},
    version bigint not null default 1,
    coupon text,
    created_at bigint not null,
    updated_at bigint not null,
    closed_at bigint,
    check (user_id is not null or token_hash is not null)
);
create unique index carts_user on carts (user_id) where closed_at is null and user_id is not null;
create unique index carts_token on carts (token_hash) where closed_at is null and token_hash is not null;

create table cart_items (
    id {uuid} primary key not null,
    cart_id {uuid} not null references carts (id) on delete cascade,
    variant_id {uuid} not null references variants (id) on delete cascade,
    quantity bigint not null check (quantity > 0),
    seen_amount bigint not null check (seen_amount >= 0),
    created_at bigint not null,
    unique (cart_id, variant_id)
);

create table orders (
    id {uuid} primary key not null,
    number bigint not null unique,
    cart_id {uuid} not null unique,
    user_id {uuid} references users (id) on delete set null,
    access_token_hash {bytes} unique,
    email text not null,
    status text not null check (status in ('pending_payment', 'paid', 'fulfilled', 'delivered', 'cancelled', 'refunded')),
    currency text not null,
    subtotal bigint not null check (subtotal >= 0),
    discount bigint not null default 0 check (discount >= 0),
    shipping bigint not null default 0 check (shipping >= 0),
    tax bigint not null default 0 check (tax >= 0),
    total bigint not null check (total >= 0),
    shipping_address {json} not null,
    billing_address {json} not null,
    shipping_method text not null,
    placed_at bigint not null,
    expires_at bigint,
    updated_at bigint not null,
    version bigint not null default 1
);
create index orders_user on orders (user_id, number desc);
create index orders_status on orders (status, number desc);
create index orders_placed on orders (placed_at);
create index orders_email on orders (email);
create index orders_expiring on orders (expires_at) where status = 'pending_payment';

create table order_items (
    id {uuid} primary key not null,
    order_id {uuid} not null references orders (id) on delete cascade,
    position integer not null,
    variant_id {uuid} not null references variants (id),
    product_id {uuid} not null references products (id),
    name text not null,
    sku text not null,
    options {json} not null,
    quantity bigint not null check (quantity > 0),
    unit_amount bigint not null check (unit_amount >= 0),
    line_amount bigint not null check (line_amount >= 0)
);
create index order_items_order on order_items (order_id, position);
create index order_items_product on order_items (product_id);

create table order_events (
    id {uuid} primary key not null,
    order_id {uuid} not null references orders (id) on delete cascade,
    kind text not null,
    data {json} not null,
    actor_id {uuid} references users (id) on delete set null,
    created_at bigint not null
);
create index order_events_order on order_events (order_id, created_at);

create table payments (
    id {uuid} primary key not null,
    order_id {uuid} not null references orders (id) on delete cascade,
    provider text not null,
    reference text,
    status text not null check (status in ('pending', 'captured', 'cancelled')),
    amount bigint not null check (amount >= 0),
    refunded bigint not null default 0 check (refunded >= 0 and refunded <= amount),
    currency text not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index payments_order on payments (order_id, created_at);

create table stock_movements (
    id {uuid} primary key not null,
    variant_id {uuid} not null references variants (id) on delete cascade,
    delta bigint not null,
    stock_after bigint not null check (stock_after >= 0),
    kind text not null check (kind in ('initial', 'adjusted', 'sold', 'returned', 'imported')),
    reason text not null default '',
    order_id {uuid} references orders (id) on delete set null,
    actor_id {uuid} references users (id) on delete set null,
    created_at bigint not null
);
create index stock_movements_variant on stock_movements (variant_id, created_at desc, id desc);

create table reviews (
    id {uuid} primary key not null,
    product_id {uuid} not null references products (id) on delete cascade,
    user_id {uuid} references users (id) on delete set null,
    rating integer not null check (rating between 1 and 5),
    title text not null default '',
    body text not null default '',
    verified_purchase boolean not null default false,
    helpful_count bigint not null default 0 check (helpful_count >= 0),
    hidden boolean not null default false,
    answer text,
    answered_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    unique (product_id, user_id)
);
create index reviews_newest on reviews (product_id, hidden, created_at desc, id desc);
create index reviews_rating on reviews (product_id, hidden, rating desc, created_at desc, id desc);
create index reviews_helpful on reviews (product_id, hidden, helpful_count desc, created_at desc, id desc);
create index reviews_user on reviews (user_id);

create table review_votes (
    review_id {uuid} not null references reviews (id) on delete cascade,
    user_id {uuid} not null references users (id) on delete cascade,
    created_at bigint not null,
    primary key (review_id, user_id)
);

create table wishlist_items (
    user_id {uuid} not null references users (id) on delete cascade,
    product_id {uuid} not null references products (id) on delete cascade,
    created_at bigint not null,
    primary key (user_id, product_id)
);

-- A row is written in the transaction of its effect; `body` is the answer that a repeat gets again.
create table idempotency_keys (
    scope text not null,
    key text not null,
    fingerprint {bytes} not null,
    status integer not null,
    body text not null,
    headers {json} not null,
    created_at bigint not null,
    expires_at bigint not null,
    primary key (scope, key)
);
create index idempotency_keys_expiring on idempotency_keys (expires_at);

create table mails (
    id {uuid} primary key not null,
    user_id {uuid} references users (id) on delete set null,
    kind text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    secret_link text,
    status text not null default 'kept' check (status in ('kept', 'sent', 'failed')),
    attempts integer not null default 0,
    last_error text,
    created_at bigint not null,
    sent_at bigint
);
create index mails_newest on mails (created_at desc, id desc);
create index mails_user on mails (user_id);

create table outbox (
    id {uuid} primary key not null,
    kind text not null,
    payload {json} not null,
    created_at bigint not null,
    available_at bigint not null,
    attempts integer not null default 0,
    last_error text,
    delivered_at bigint
);
create index outbox_waiting on outbox (available_at, id) where delivered_at is null;
create index outbox_delivered on outbox (delivered_at) where delivered_at is not null;

create table audit (
    id {uuid} primary key not null,
    actor_id {uuid} references users (id) on delete set null,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    details {json} not null,
    created_at bigint not null
);
create index audit_newest on audit (created_at desc, id desc);
create index audit_subject on audit (subject_kind, subject_id);

-- Numbers without gaps: a value is taken in the transaction that uses it.
create table counters (
    name text primary key not null,
    value bigint not null
);
insert into counters (name, value) values ('order_number', 1000);
