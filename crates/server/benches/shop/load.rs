//! Requests: many at once with `wrk`, or one after the other with a clock beside them.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// Connections at once. The load generator shares the machine with what it measures: a handful keeps both busy.
pub(crate) const CONNECTIONS: usize = 32;
/// Connections to the database: the shop's default.
pub(crate) const POOL: usize = 16;

/// What `wrk` saw.
pub(crate) struct Load {
    pub per_second: f64,
    pub requests: u64,
    /// Answers that were not of the kind that was wanted.
    pub refused: u64,
    /// What the script said of them.
    pub said: String,
}

/// Asks an address as often as it answers, for as long as that.
pub(crate) fn drive(url: &str, turn: Duration) -> Load {
    let load = wrk(&[&format!("-c{CONNECTIONS}")], url, turn, &[]);
    assert!(load.refused == 0, "{url}: {} answers were errors", load.refused);
    load
}

/// More clients than one turn could bring to the end of their quotas.
const CLIENTS: u32 = 8_192;

/// A script in which every request comes from the next of many clients, as a proxy tells it.
pub(crate) fn clients(place: &Path) -> PathBuf {
    let script = place.join("clients.lua");
    let text = format!(
        "local asked, n = {{}}, 0\ninit = function(args)\n  for i = 0, {CLIENTS} - 1 do\n    \
         asked[i] = wrk.format(nil, nil, {{['X-Forwarded-For'] = '10.0.' .. math.floor(i / 256) .. '.' .. i % 256}})\n  end\nend\n\
         request = function()\n  n = n + 1\n  return asked[n % {CLIENTS}]\nend\n"
    );
    std::fs::write(&script, text).expect("a file");
    script
}

/// The same as [`drive`], as many clients.
pub(crate) fn drive_as_many(url: &str, turn: Duration, clients: &Path) -> Load {
    let load = scripted(url, turn, CONNECTIONS, clients, &[]);
    assert!(load.refused == 0, "{url}: {} answers were errors", load.refused);
    load
}

/// What shoppers look for by the dozen: pages of the catalogue as the app asks for them, narrowed, sorted, searched, with facets and totals. Each
/// comes with a price of its own, so none was asked before and the read cache fills up.
pub(crate) fn browse(address: &str, turn: Duration, place: &Path) {
    let asked = ["", "&sort=price", "&q=mug", "&q=blue", "&in_stock=true&sort=rating", "&min_rating=4", "&q=linen&sort=newest"];
    let paths: Vec<String> = asked.iter().map(|query| format!("'{PAGE_OF_THE_APP}{query}'")).collect();
    let script = place.join("browse.lua");
    let text = format!(
        "local paths, n = {{ {} }}, 0\nrequest = function()\n  n = n + 1\n  \
         return wrk.format('GET', paths[n % #paths + 1] .. '&max_price=' .. (1000 + n % 50000))\nend\n\
         response = function(status, headers, body) if status ~= 200 then io.stderr:write(status, ' ', body, '\\n') end end\n",
        paths.join(", ")
    );
    std::fs::write(&script, text).expect("a file");
    let load = scripted(address, turn, CONNECTIONS, &script, &[]);
    assert!(load.refused == 0 && load.requests > 0, "{} of {} pages were refused: {}", load.refused, load.requests, load.said);
}

/// The page of a listing that the app opens, to which more can be added.
pub(crate) const PAGE_OF_THE_APP: &str = "/api/v1/products?limit=24&facets=true&include_total=true";

/// Runs wrk with a script.
pub(crate) fn scripted(url: &str, turn: Duration, connections: usize, script: &Path, environment: &[(&str, &str)]) -> Load {
    wrk(&[&format!("-c{connections}"), "-s", &script.display().to_string()], url, turn, environment)
}

fn wrk(arguments: &[&str], url: &str, turn: Duration, environment: &[(&str, &str)]) -> Load {
    let mut command = Command::new("wrk");
    command.args(["-t1", &format!("-d{}s", turn.as_secs().max(1)), "--timeout", "20s"]).args(arguments).arg(url);
    let output = command.envs(environment.iter().copied()).output().expect("wrk is installed (package wrk)");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "wrk: {text}{}", String::from_utf8_lossy(&output.stderr));
    let after = |label: &str| text.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    let per_second = after("Requests/sec:").and_then(|rate| rate.parse().ok()).unwrap_or_else(|| panic!("wrk tells no rate: {text}"));
    let requests = text.lines().find_map(|line| line.trim().split_once(" requests in ")).and_then(|(count, _)| count.parse().ok()).unwrap_or(0);
    let errors = after("Non-2xx or 3xx responses:").and_then(|count| count.parse().ok()).unwrap_or(0);
    Load { per_second, requests, refused: errors, said: String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// The body of an address.
pub(crate) async fn get(url: &str) -> Vec<u8> {
    let mut response = awc::Client::default().get(url).send().await.unwrap_or_else(|error| panic!("{url}: {error}"));
    assert!(response.status().is_success(), "{url}: {}", response.status());
    response.body().limit(64 * 1024 * 1024).await.expect("a body").to_vec()
}

/// The median of one request after the other.
pub(crate) async fn wait(client: &awc::Client, url: &str, times: usize) -> Duration {
    let mut waits = Vec::with_capacity(times);
    for _ in 0..times {
        let started = Instant::now();
        let mut response = client.get(url).send().await.unwrap_or_else(|error| panic!("{url}: {error}"));
        let _body = response.body().limit(16 * 1024 * 1024).await.expect("a body");
        waits.push(started.elapsed());
        assert!(response.status().is_success(), "{url}: {}", response.status());
    }
    waits.sort();
    waits[times / 2]
}

/// The middle of several measurements.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { values[middle - 1].midpoint(values[middle]) }
}

/// The middle of what each reached, and of the ratios of neighbours the one in the middle.
pub(crate) struct Compared {
    pub ours: f64,
    pub theirs: f64,
    pub ratio: f64,
}

impl Compared {
    /// Measures both in turns, A B B A …: a machine that is slow for a while is slow for both of a pair, and what the first of a pair leaves behind
    /// burdens each as often.
    pub(crate) async fn new(turns: usize, ours: impl AsyncFn(u64) -> f64, theirs: impl AsyncFn(u64) -> f64) -> Self {
        let mut measured = Vec::with_capacity(turns);
        for turn in 0..turns as u64 {
            measured.push(if turn % 2 == 0 {
                (ours(turn).await, theirs(turn).await)
            } else {
                let theirs = theirs(turn).await;
                (ours(turn).await, theirs)
            });
        }
        Self::of(&measured)
    }

    fn of(turns: &[(f64, f64)]) -> Self {
        let of = |figure: fn(&(f64, f64)) -> f64| median(turns.iter().map(figure).collect());
        Self { ours: of(|turn| turn.0), theirs: of(|turn| turn.1), ratio: of(|turn| turn.0 / turn.1) }
    }
}
