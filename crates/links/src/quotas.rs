//! Quotas that processes share: for each client the instant at which it is whole again, by Redis' own clock.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use redis::Script;

use crate::{Away, Link};

/// Who asks waits no longer than this for the others' counts.
const PATIENCE: Duration = Duration::from_millis(50);
/// Who writes something down has nobody waiting.
const LEISURE: Duration = Duration::from_secs(1);

/// The generic cell rate algorithm, as the API has it for one process (`limits`), for several clients at once. What was granted already is only
/// written down.
static SPEND: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local answers = {}
        for n, key in ipairs(KEYS) do
            local window, every, count = tonumber(ARGV[n * 3 - 1]), tonumber(ARGV[n * 3]), tonumber(ARGV[n * 3 + 1])
            local full_at = math.min(math.max(tonumber(redis.call('GET', key) or now), now), now + window)
            local after = full_at + every * count
            local over = after - (now + window)
            if over <= 0 or ARGV[1] == 'granted' then
                full_at = math.min(after, now + window)
                redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.max(full_at - now, 1))
            end
            table.insert(answers, over)
            table.insert(answers, full_at - now)
        end
        return answers",
    )
});

/// What is spent of a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// Whose, and of which quota. No name, no address: they do not belong in Redis.
    pub name: String,
    /// After how long a spent quota is whole again, in milliseconds.
    pub window: i64,
    /// After how long one place grows back, in milliseconds.
    pub every: i64,
    /// How many places.
    pub count: u32,
}

/// How a quota stands after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// By how much it was overdrawn, in milliseconds; not more than 0 where there was a place.
    pub over: i64,
    /// Until it is whole again, in milliseconds.
    pub reset: i64,
}

/// The quotas; clones are the same ones.
#[derive(Debug, Clone)]
pub struct Quotas(pub Arc<Link>);

impl Quotas {
    /// Takes places where there are some.
    ///
    /// # Errors
    /// Where Redis does not say.
    pub async fn take(&self, spending: &Spending) -> Result<Standing, Away> {
        let standings = self.spend("asked", PATIENCE, std::slice::from_ref(spending)).await?;
        standings.first().copied().ok_or_else(|| Away::Broken("no answer about a quota".to_owned()))
    }

    /// Writes down places that were given already.
    ///
    /// # Errors
    /// Where Redis does not take it.
    pub async fn note(&self, spendings: &[Spending]) -> Result<Vec<Standing>, Away> {
        self.spend("granted", LEISURE, spendings).await
    }

    async fn spend(&self, how: &str, patience: Duration, spendings: &[Spending]) -> Result<Vec<Standing>, Away> {
        let mut spend = SPEND.prepare_invoke();
        spend.arg(how);
        for Spending { name, window, every, count } in spendings {
            spend.key(self.0.key(&format!("quota:{name}"))).arg(window).arg(every).arg(count);
        }
        let answers: Vec<i64> = self.0.ask(patience, |mut connection| async move { spend.invoke_async(&mut connection).await }).await?;
        let standing = |pair: &[i64]| if let [over, reset] = *pair { Some(Standing { over, reset }) } else { None };
        Ok(answers.chunks_exact(2).filter_map(standing).collect())
    }
}
