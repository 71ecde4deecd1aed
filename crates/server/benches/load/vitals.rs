//! What each process did meanwhile: its time on the processor, its memory, the requests it answered. From `/proc`, so on Linux.

use std::collections::BTreeMap;

use novashop_testing::cluster::Cluster;

/// Ticks of the processor's time in a second, as Linux tells them to programs.
const TICKS: f64 = 100.0;

/// What a process, or several of one program together, used.
#[derive(Clone)]
pub(crate) struct Used {
    pub name: String,
    pub cpu_seconds: f64,
    /// Resident, at the end; of several processes their sum without what they share.
    pub memory_mib: f64,
    pub requests: Option<f64>,
}

/// How things stood at the beginning.
pub(crate) struct Watched {
    before: Vec<Used>,
}

impl Watched {
    pub(crate) async fn begin(cluster: &Cluster) -> Self {
        Self { before: look(cluster).await }
    }

    /// What was used since then.
    pub(crate) async fn end(self, cluster: &Cluster) -> Vec<Used> {
        let since = |after: Used, before: &Used| Used {
            cpu_seconds: after.cpu_seconds - before.cpu_seconds,
            requests: after.requests.zip(before.requests).map(|(after, before)| after - before),
            ..after
        };
        look(cluster).await.into_iter().zip(&self.before).map(|(after, before)| since(after, before)).collect()
    }
}

/// Several turns as one.
pub(crate) fn added(one: Vec<Used>, other: Vec<Used>) -> Vec<Used> {
    if one.is_empty() {
        return other;
    }
    let both = |(one, other): (Used, Used)| Used {
        cpu_seconds: one.cpu_seconds + other.cpu_seconds,
        requests: one.requests.zip(other.requests).map(|(one, other)| one + other),
        ..other
    };
    one.into_iter().zip(other).map(both).collect()
}

async fn look(cluster: &Cluster) -> Vec<Used> {
    let parents = parents();
    let of = |name: &str, id: Option<u32>| {
        let family = family(&parents, id.unwrap_or(0));
        let (cpu_seconds, memory_mib) = family.iter().map(|id| (cpu(*id), memory(*id))).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        Used { name: name.to_owned(), cpu_seconds, memory_mib, requests: None }
    };
    let mut all = vec![of("nginx", cluster.nginx.id())];
    for process in cluster.all() {
        let requests = process.count(&["http_requests_total{"]).await;
        all.push(Used { requests: process.name().starts_with("api").then_some(requests), ..of(process.name(), process.id()) });
    }
    all.push(of("PostgreSQL", cluster.postgres.id()));
    all.push(of("Redis", cluster.redis.id()));
    all
}

fn read(id: u32, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default()
}

/// The fields of `/proc/<id>/stat` after the name, which may hold blanks: the first is the state, number 3 in proc(5).
fn stat(id: u32) -> Vec<String> {
    read(id, "stat").rsplit(") ").next().unwrap_or_default().split(' ').map(str::to_owned).collect()
}

/// Every process and who started it.
fn parents() -> BTreeMap<u32, u32> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| Some((id, stat(id).get(1)?.parse().ok()?))).collect()
}

/// A process and all it started.
fn family(parents: &BTreeMap<u32, u32>, head: u32) -> Vec<u32> {
    let mut found = vec![head];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(parents.iter().filter(|(_, of)| **of == parent).map(|(id, _)| *id));
        next += 1;
    }
    found
}

fn cpu(id: u32) -> f64 {
    let fields = stat(id);
    let ticks = |place: usize| fields.get(place).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    // utime, stime, and those of children that have ended.
    (ticks(11) + ticks(12) + ticks(13) + ticks(14)) / TICKS
}

fn memory(id: u32) -> f64 {
    let status = read(id, "status");
    let kib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0)
    };
    // PostgreSQL's processes share their buffers: counted with each of them, they would be counted many times.
    (kib("RssAnon:") + kib("RssFile:")) / 1024.0
}
