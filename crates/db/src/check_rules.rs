//! The rules that `checks` holds the data to. Each query gives `id`, `label`, `actual` and `expected` of broken rows.

use sea_orm::DbBackend;

use crate::checks::Check;

/// A row of the outbox that was tried this often has a defect, not bad luck.
const TRIED_TOO_OFTEN: i64 = 10;
const HOUR: i64 = 3_600_000;

/// Stock and its ledger.
pub(crate) fn stock() -> Vec<Check> {
    vec![
        Check::broken(
            "stock_is_its_ledger",
            "variants",
            "A variant's stock is the sum of its ledger",
            "select v.id, v.sku as label, cast(v.stock as text) as actual, cast(v.ledger as text) as expected from (select id, sku, stock, \
             (select coalesce(sum(m.delta), 0) from stock_movements m where m.variant_id = variants.id) as ledger from variants) v where v.stock <> v.ledger",
        ),
        Check::broken(
            "stock_is_not_negative",
            "variants",
            "No stock is below zero",
            "select id, sku as label, cast(stock as text) as actual, '0 or more' as expected from variants where stock < 0",
        ),
        // What was refunded may have come back or not: that stands in the ledger, between nothing and all of it.
        Check::broken(
            "sold_is_what_left",
            "order_items",
            "What an order holds left the stock for it once, and came back once where it was cancelled",
            "select o.id, cast(o.number as text) || ': ' || coalesce(v.sku, '?') as label, cast(s.taken as text) as actual, \
             case when o.status = 'cancelled' then '0' else cast(s.wanted as text) end as expected \
             from (select order_id, variant_id, sum(wanted) as wanted, sum(taken) as taken from (\
                 select order_id, variant_id, quantity as wanted, 0 as taken from order_items union all \
                 select order_id, variant_id, 0 as wanted, -delta as taken from stock_movements \
                 where order_id is not null and kind in ('sold', 'returned')) as parts group by order_id, variant_id) s \
             join orders o on o.id = s.order_id left join variants v on v.id = s.variant_id \
             where case when o.status = 'cancelled' then s.taken <> 0 \
                 when o.status = 'refunded' or exists (select 1 from payments p where p.order_id = o.id and p.refunded > 0) \
                     then s.taken < 0 or s.taken > s.wanted \
                 else s.taken <> s.wanted end",
        ),
    ]
}

/// Orders, their lines, their history and their carts.
pub(crate) fn orders() -> Vec<Check> {
    vec![
        Check::broken(
            "order_total_is_its_parts",
            "orders",
            "An order's total is subtotal - discount + shipping + tax",
            "select id, cast(number as text) as label, cast(total as text) as actual, \
             cast(subtotal - discount + shipping + tax as text) as expected from orders where total <> subtotal - discount + shipping + tax",
        ),
        Check::broken(
            "order_subtotal_is_its_lines",
            "orders",
            "An order's subtotal is the sum of its lines, of which it has at least one",
            "select o.id, cast(o.number as text) as label, cast(o.subtotal as text) as actual, \
             coalesce(cast(o.lines as text), 'an order with lines') as expected from (select id, number, subtotal, \
             (select sum(i.line_amount) from order_items i where i.order_id = orders.id) as lines from orders) o \
             where o.lines is null or o.subtotal <> o.lines",
        ),
        Check::broken(
            "line_is_quantity_times_price",
            "order_items",
            "A line costs its quantity times the price of one",
            "select id, sku as label, cast(line_amount as text) as actual, cast(quantity * unit_amount as text) as expected \
             from order_items where line_amount <> quantity * unit_amount",
        ),
        // A new shop begins with 1001.
        Check::broken(
            "order_numbers_have_no_gap",
            "orders",
            "Every order's number follows another's",
            "select o.id, cast(o.number as text) as label, 'there is no order ' || cast(o.number - 1 as text) as actual, \
             'numbers without a gap' as expected from orders o \
             where o.number <> 1001 and not exists (select 1 from orders b where b.number = o.number - 1)",
        ),
        Check::broken(
            "order_counter_is_the_last_number",
            "counters",
            "The counter of the orders' numbers stands at the last one",
            "select null as id, c.name as label, cast(c.value as text) as actual, cast(c.last as text) as expected from (select name, value, \
             (select coalesce(max(number), 1000) from orders) as last from counters where name = 'order_number') c where c.value <> c.last",
        ),
        // Moves go up in this order, so the furthest one that happened is where the order stands.
        Check::broken(
            "order_stands_where_its_history_ends",
            "orders",
            "An order's status is the last thing that happened to it",
            "select o.id, cast(o.number as text) as label, o.status as actual, case o.reached when 0 then 'pending_payment' when 1 then 'paid' \
             when 2 then 'fulfilled' when 3 then 'delivered' when 4 then 'cancelled' when 5 then 'refunded' else 'an order with a history' end \
             as expected from (select id, number, status, (select max(case e.kind when 'placed' then 0 when 'paid' then 1 when 'fulfilled' then 2 \
             when 'delivered' then 3 when 'cancelled' then 4 when 'refunded' then 5 end) from order_events e where e.order_id = orders.id) \
             as reached from orders) o where o.reached is null or o.reached <> case o.status when 'pending_payment' then 0 when 'paid' then 1 \
             when 'fulfilled' then 2 when 'delivered' then 3 when 'cancelled' then 4 else 5 end",
        ),
        Check::broken(
            "ordered_cart_is_closed",
            "carts",
            "A cart that became an order is closed",
            "select c.id, 'order ' || cast(o.number as text) as label, 'open' as actual, 'closed' as expected \
             from orders o join carts c on c.id = o.cart_id where c.closed_at is null",
        ),
        // A guest's cart is closed by signing in too; a person's only by an order.
        Check::broken(
            "closed_cart_has_its_order",
            "carts",
            "A person's closed cart became an order",
            "select c.id, 'cart' as label, 'closed' as actual, 'an order of it' as expected from carts c \
             where c.closed_at is not null and c.user_id is not null and not exists (select 1 from orders o where o.cart_id = c.id)",
        ),
    ]
}

/// Payments.
pub(crate) fn payments() -> Vec<Check> {
    vec![
        Check::broken(
            "payment_is_of_its_order",
            "payments",
            "A payment is over its order's total, in its currency",
            "select p.id, cast(o.number as text) as label, cast(p.amount as text) || ' ' || p.currency as actual, \
             cast(o.total as text) || ' ' || o.currency as expected from payments p join orders o on o.id = p.order_id \
             where p.amount <> o.total or p.currency <> o.currency",
        ),
        Check::broken(
            "refunds_stay_within_the_payment",
            "payments",
            "What is given back was paid, and is no more than that",
            "select p.id, cast(o.number as text) as label, cast(p.refunded as text) as actual, \
             case when p.status = 'captured' then '0 to ' || cast(p.amount as text) else '0' end as expected \
             from payments p join orders o on o.id = p.order_id \
             where p.refunded < 0 or p.refunded > p.amount or (p.refunded > 0 and p.status <> 'captured')",
        ),
        Check::broken(
            "order_is_paid_as_it_says",
            "orders",
            "An unpaid order has one payment that waits, a paid one has one that came, a cancelled one waits for none",
            "select o.id, cast(o.number as text) as label, o.status || ' with ' || cast(o.pending as text) || ' waiting, ' || \
             cast(o.captured as text) || ' captured' as actual, case o.status when 'pending_payment' then '1 waiting, 0 captured' \
             when 'cancelled' then '0 waiting' else '0 waiting, 1 captured' end as expected from (select id, number, status, \
             (select count(*) from payments p where p.order_id = orders.id and p.status = 'pending') as pending, \
             (select count(*) from payments p where p.order_id = orders.id and p.status = 'captured') as captured from orders) o \
             where case o.status when 'pending_payment' then o.pending <> 1 or o.captured <> 0 when 'cancelled' then o.pending <> 0 \
             else o.pending <> 0 or o.captured <> 1 end",
        ),
    ]
}

/// What products keep of their variants and reviews, and the tree of the categories.
pub(crate) fn catalogue() -> Vec<Check> {
    vec![
        Check::broken(
            "rating_is_its_reviews",
            "products",
            "A product's rating counts its visible reviews",
            "select p.id, p.slug as label, \
             'sum ' || cast(p.rating_sum as text) || ', count ' || cast(p.rating_count as text) || ', score ' || cast(p.rating_score as text) as actual, \
             'sum ' || cast(p.total as text) || ', count ' || cast(p.n as text) || ', score ' || cast(p.score as text) as expected \
             from (select id, slug, rating_sum, rating_count, rating_score, total, n, \
                 case when n = 0 then 0 else (200 * total + n) / (2 * n) end as score \
                 from (select id, slug, rating_sum, rating_count, rating_score, \
                     (select coalesce(sum(r.rating), 0) from reviews r where r.product_id = products.id and not r.hidden) as total, \
                     (select count(*) from reviews r where r.product_id = products.id and not r.hidden) as n from products) as counted) p \
             where p.rating_sum <> p.total or p.rating_count <> p.n or p.rating_score <> p.score",
        ),
        Check::broken(
            "helpful_is_its_votes",
            "reviews",
            "A review is as helpful as it has votes",
            "select r.id, 'review' as label, cast(r.helpful_count as text) as actual, cast(r.votes as text) as expected from (select id, helpful_count, \
             (select count(*) from review_votes v where v.review_id = reviews.id) as votes from reviews) r where r.helpful_count <> r.votes",
        ),
        Check::broken(
            "product_has_a_variant",
            "products",
            "A product has at least one variant",
            "select p.id, p.slug as label, 'no variant' as actual, 'at least one' as expected from products p \
             where not exists (select 1 from variants v where v.product_id = p.id and v.deleted_at is null)",
        ),
        Check::broken(
            "price_is_the_cheapest_variants",
            "products",
            "A product shows the prices of its cheapest variant",
            "select p.id, p.slug as label, cast(p.price_amount as text) || coalesce(' before ' || cast(p.compare_at_amount as text), '') as actual, \
             cast(v.price_amount as text) || coalesce(' before ' || cast(v.compare_at_amount as text), '') as expected \
             from products p join variants v on v.id = (select c.id from variants c where c.product_id = p.id and c.deleted_at is null \
             order by c.price_amount, c.position, c.id limit 1) \
             where p.price_amount <> v.price_amount or p.compare_at_amount is distinct from v.compare_at_amount",
        ),
        Check::broken(
            "sellable_is_variants_in_stock",
            "products",
            "A product counts its variants that are in stock",
            "select p.id, p.slug as label, cast(p.sellable_variants as text) as actual, cast(p.sellable as text) as expected \
             from (select id, slug, sellable_variants, \
             (select count(*) from variants v where v.product_id = products.id and v.deleted_at is null and v.stock > 0) as sellable \
             from products) p where p.sellable_variants <> p.sellable",
        ),
        Check::broken(
            "categories_are_a_tree",
            "categories",
            "Every category hangs below one that hangs below none",
            "select c.id, c.slug as label, 'cannot be reached' as actual, 'below a category at the top' as expected from categories c \
             where c.id not in (with recursive reached (id) as (select id from categories where parent_id is null \
             union select d.id from categories d join reached on d.parent_id = reached.id) select id from reached)",
        ),
    ]
}

/// Sessions.
pub(crate) fn accounts() -> Vec<Check> {
    vec![Check::broken(
        "session_has_one_refresh_token",
        "sessions",
        "A session has one refresh token that is not spent, at most",
        "select s.id, 'session' as label, cast(s.unspent as text) as actual, '1 or 0' as expected from (select id, \
         (select count(*) from refresh_tokens t where t.session_id = sessions.id and t.used_at is null) as unspent \
         from sessions where ended_at is null) s where s.unspent > 1",
    )]
}

/// Answers that are kept for repeats. What is no answer, or no id, is looked for as nothing and so found broken: a conversion that fails would
/// end all the checks, and which text is JSON PostgreSQL can be asked from version 16 on only.
pub(crate) fn keys(backend: DbBackend) -> Vec<Check> {
    const ID: &str = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    // An id that stands in a text, as the database keeps ids.
    let (made, of_order) = match backend {
        // Answers begin with their id.
        DbBackend::Postgres => (
            format!("cast(substring(k.body from '^\\{{\"id\":\"({ID})\"') as uuid)"),
            format!("cast(substring(k.scope from '^order:({ID}) ') as uuid)"),
        ),
        _ => {
            let id = |text: &str| format!("unhex(replace({text}, '-', ''))");
            (id("case when json_valid(k.body) then k.body ->> 'id' end"), id("substr(k.scope, 7, 36)"))
        }
    };
    let query = format!(
        "select null as id, k.scope || ' ' || k.key as label, case when k.body = '' then 'no answer' else 'an answer about nothing' end as actual, \
         'what its answer tells of' as expected from idempotency_keys k where case when k.status = 0 or k.body not like '{{%}}' then 1 = 1 \
         when k.scope like '% POST /api/v1/orders' then not exists (select 1 from orders o where o.id = {made}) \
         when k.scope like 'order:% POST /api/v1/orders/{{id}}/payments' then not exists (select 1 from payments p where p.order_id = {of_order}) \
         when k.scope like 'order:% POST /api/v1/admin/orders/{{id}}/notes' then \
             not exists (select 1 from order_events e where e.order_id = {of_order} and e.kind = 'note') \
         when k.scope like '% POST /api/v1/variants/{{id}}/stock' then not exists (select 1 from stock_movements m where m.id = {made}) \
         else 1 = 0 end"
    );
    vec![Check::broken("key_has_its_effect", "idempotency_keys", "A kept Idempotency-Key has its effect", query)]
}

/// What products are found by.
pub(crate) fn search(backend: DbBackend) -> Vec<Check> {
    let mut checks = vec![Check::broken(
        "product_can_be_found",
        "products",
        "The search knows every product by its name",
        "select p.id, p.slug as label, coalesce(s.title, 'not in the search') as actual, p.name as expected from products p \
         left join product_search s on s.product_id = p.id where s.title is distinct from p.name",
    )];
    if backend == DbBackend::Sqlite {
        // On PostgreSQL an index is never without its row. Here triggers keep the two indexes over the words.
        checks.push(Check::broken(
            "words_are_indexed",
            "product_search",
            "The words of every product are in both indexes of the search",
            "select s.product_id as id, s.title as label, 'not in the index' as actual, 'in both indexes' as expected from product_search s \
             where not exists (select 1 from product_fts_docsize d where d.id = s.doc) \
             or not exists (select 1 from product_trigrams_docsize d where d.id = s.doc)",
        ));
    }
    checks
}

/// What should have happened by now.
pub(crate) fn late(now: i64) -> Vec<Check> {
    let hour_ago = now.saturating_sub(HOUR);
    vec![
        Check::warning(
            "outbox_moves_on",
            "outbox",
            "What waits in the outbox is handed on: not older than an hour, not tried ten times",
            "select id, kind as label, 'tried ' || cast(attempts as text) || ' times' as actual, 'handed on' as expected \
             from outbox where delivered_at is null and (attempts >= $1 or created_at < $2)",
        )
        .with([TRIED_TOO_OFTEN.into(), hour_ago.into()]),
        Check::warning(
            "jobs_move_on",
            "jobs",
            "What is to be done in the background is done: nothing is dead, nothing has waited for more than an hour",
            "select id, kind as label, status || coalesce(': ' || last_error, '') as actual, 'done' as expected \
             from jobs where status = 'dead' or (finished_at is null and due_at < $1)",
        )
        .with([hour_ago.into()]),
        Check::warning(
            "unpaid_orders_expire",
            "orders",
            "An unpaid order is cancelled when its time is over; the worker does it",
            "select id, cast(number as text) as label, 'waits for its payment' as actual, 'cancelled more than an hour ago' as expected \
             from orders where status = 'pending_payment' and expires_at < $1",
        )
        .with([hour_ago.into()]),
    ]
}
