//! The state of the program, part by part.

use leptos::prelude::*;
use novashop_locales::{admin_system as words, moment, number};
use novashop_types::system::{System, SystemCache, SystemRedis};
use novashop_ui::{Icon, Sign};

type Fact = (&'static str, String);

/// The parts.
#[component]
pub fn SystemFacts(
    /// What the process that answered says.
    system: System,
) -> impl IntoView {
    let System { version, roles, started_at, memory_bytes, database, cache, queue, redis, media_writable } = system;
    let unknown = || words::unknown().to_owned();
    let counted = |count: Option<u64>| count.map_or_else(unknown, grouped);
    let well = database.reachable && media_writable && queue.outbox_waiting.is_some() && redis.is_none_or(|redis| redis.reachable);
    let program = vec![
        (words::version(), version),
        (words::roles(), roles.join(", ")),
        (words::running_since(), moment(started_at)),
        (words::memory(), memory_bytes.map_or_else(unknown, bytes)),
    ];
    let base = vec![
        (words::kind_of_database(), database.kind),
        (words::status(), if database.reachable { words::reachable() } else { words::unreachable() }.to_owned()),
        (words::schema(), database.schema_version.unwrap_or_else(unknown)),
    ];
    let waiting = vec![
        (words::outbox(), counted(queue.outbox_waiting)),
        (words::oldest(), words::seconds(&grouped(queue.outbox_oldest_seconds))),
        (words::imports(), counted(queue.imports_waiting)),
    ];
    let cached = match cache {
        None => vec![(words::status(), words::cache_off().to_owned())],
        Some(cache) => cache_facts(cache),
    };
    let shared = redis.map(redis_facts);
    let media = vec![(words::status(), if media_writable { words::media_writable() } else { words::media_away() }.to_owned())];
    let (class, sign, text) =
        if well { ("notice notice--positive", Sign::Tick, words::well()) } else { ("notice notice--negative", Sign::Warning, words::not_well()) };
    view! {
        <p class=class role="status">
            <Icon sign=sign/>
            {text}
        </p>
        <div class="cards">
            <Part name=words::program() facts=program/>
            <Part name=words::database() facts=base/>
            <Part name=words::queue() facts=waiting/>
            <Part name=words::cache() facts=cached/>
            {shared.map(|facts| view! { <Part name=words::redis() facts/> })}
            <Part name=words::media() facts=media/>
        </div>
    }
}

#[component]
fn Part(name: &'static str, facts: Vec<Fact>) -> impl IntoView {
    let fact = |(name, value): Fact| {
        view! {
            <div class="system-fact">
                <dt>{name}</dt>
                <dd class="number">{value}</dd>
            </div>
        }
    };
    view! {
        <section class="panel stack">
            <h2>{name}</h2>
            <dl class="system-facts">{facts.into_iter().map(fact).collect_view()}</dl>
        </section>
    }
}

fn cache_facts(cache: SystemCache) -> Vec<Fact> {
    let asked = cache.hits.saturating_add(cache.misses);
    vec![
        (words::entries(), grouped(cache.entries)),
        (words::size(), bytes(cache.bytes)),
        (words::hit_rate(), words::hits_of(&grouped(cache.hits), &grouped(asked))),
    ]
}

fn redis_facts(redis: SystemRedis) -> Vec<Fact> {
    vec![
        (words::status(), if redis.reachable { words::reachable() } else { words::unreachable() }.to_owned()),
        (words::events_published(), grouped(redis.events_published)),
        (words::events_heard(), grouped(redis.events_heard)),
        (words::redis_errors(), grouped(redis.errors)),
    ]
}

fn grouped(count: u64) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Bytes in the unit that fits, to one decimal.
fn bytes(count: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    let (unit, name) = if count >= MIB { (MIB, "MiB") } else { (KIB, "KiB") };
    let point = if novashop_locales::language() == novashop_locales::Language::Es { ',' } else { '.' };
    format!("{}{point}{} {name}", grouped(count / unit), count % unit * 10 / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_the_unit_that_fits() {
        for (count, text) in [(0, "0.0 KiB"), (1_536, "1.5 KiB"), (1 << 20, "1.0 MiB"), (41_943_040, "40.0 MiB")] {
            assert_eq!(bytes(count), text);
        }
    }
}
