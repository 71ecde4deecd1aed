//! The statements of an order as PostgreSQL logged them, made into a script for pgbench.

use std::{collections::HashMap, fmt::Write as _};

use serde_json::Value;

/// A statement and its values, `None` for null.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Logged {
    /// Whose it is: PostgreSQL's process of the connection.
    pub process: u64,
    pub text: String,
    pub values: Vec<Option<String>>,
}

/// Every statement in a log of JSON lines.
pub(crate) fn statements_of(log: &str) -> Vec<Logged> {
    let entry = |line: &str| {
        let entry: Value = serde_json::from_str(line).ok()?;
        let message = entry["message"].as_str()?;
        let text = match message.strip_prefix("statement: ") {
            Some(text) => text,
            None => message.strip_prefix("execute ")?.split_once(": ")?.1,
        };
        let values = entry["detail"].as_str().and_then(|detail| detail.split_once(": ")).map_or_else(Vec::new, |(_, values)| values_of(values));
        Some(Logged { process: entry["pid"].as_u64()?, text: text.split_whitespace().collect::<Vec<_>>().join(" "), values })
    };
    log.lines().filter_map(entry).filter(|logged| !logged.text.to_lowercase().starts_with("alter system")).collect()
}

/// `$1 = 'a''b', $2 = NULL`.
fn values_of(text: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            values.push(None);
            rest = after;
            continue;
        };
        let mut value = String::new();
        let mut letters = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((place, letter)) = letters.next() {
            match letter {
                '\'' if letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                    letters.next();
                    value.push('\'');
                }
                '\'' => {
                    end = place + 1;
                    break;
                }
                letter => value.push(letter),
            }
        }
        values.push(Some(value));
        rest = &quoted[end..];
    }
    values
}

/// The text with each `$n` replaced.
pub(crate) fn replaced(text: &str, value: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        match after[..digits].parse::<usize>() {
            Ok(place) => out.push_str(&value(place)),
            Err(_) => out.push('$'),
        }
        rest = &after[digits..];
    }
    out.push_str(rest);
    out
}

/// The transaction that wrote an order, from `begin` to `commit`. Others run at the same time, each on its own connection.
pub(crate) fn order_in(log: &str) -> Vec<Logged> {
    let mut open: HashMap<u64, Vec<Logged>> = HashMap::new();
    for logged in statements_of(log) {
        let order = open.entry(logged.process).or_default();
        if logged.text.eq_ignore_ascii_case("begin") {
            order.clear();
        }
        let ends = logged.text.eq_ignore_ascii_case("commit");
        order.push(logged);
        if ends && order.iter().any(|logged| is_insert(logged, "orders")) {
            return std::mem::take(order);
        }
    }
    panic!("the log holds no order");
}

fn is_insert(logged: &Logged, table: &str) -> bool {
    let text = logged.text.to_lowercase().replace('"', "");
    text.contains(&format!("insert into {table} ("))
}

/// A script that does the same for cart after cart, each client its own. What one statement found the next ones use, as in the program:
/// `known` names the values of the logged order by the variable or expression that gives them.
pub(crate) fn script(order: &[Logged], known: &HashMap<String, String>) -> String {
    let mut made: HashMap<String, usize> = HashMap::new();
    let mut text = String::from("\\set n :n + 1\n\\set id :client_id * 1000000 + :n\n");
    for logged in order {
        let values: Vec<String> = logged.values.iter().map(|value| expression(value.as_deref(), known, &mut made)).collect();
        let statement = replaced(&logged.text, |place| values[place - 1].clone());
        let gives = if statement.to_lowercase().contains("cart_items") && statement.to_lowercase().starts_with("select") {
            " \\gset line_"
        } else if statement.to_lowercase().contains("counters") {
            " \\gset number_"
        } else {
            ";"
        };
        let _written = writeln!(text, "{statement}{gives}");
    }
    text
}

fn expression(value: Option<&str>, known: &HashMap<String, String>, made: &mut HashMap<String, usize>) -> String {
    let Some(value) = value else { return "null".into() };
    if let Some(expression) = known.get(value) {
        return expression.clone();
    }
    if is_uuid(value) {
        let next = made.len() + 1;
        let number = *made.entry(value.to_owned()).or_insert(next);
        return id_of(number);
    }
    if value.starts_with("\\x") && value.len() == 66 {
        // A hash of a secret: another one each time.
        return "decode('f' || lpad(to_hex(:id::bigint), 63, '0'), 'hex')".into();
    }
    if value.parse::<i64>().is_ok() {
        // As the program says it: a whole number, not a text that might be one.
        return format!("({value})::bigint");
    }
    // pgbench takes a colon before a letter for a variable, also in quotes.
    let mut literal = String::new();
    for letter in value.replace('\'', "''").chars() {
        literal.push(letter);
        if letter == ':' {
            literal.push(' ');
        }
    }
    format!("'{literal}'")
}

/// An id that no other transaction makes; 0 is the cart's.
pub(crate) fn id_of(number: usize) -> String {
    format!("lpad(to_hex(:id::bigint * 64 + {number}), 32, '0')::uuid")
}

fn is_uuid(value: &str) -> bool {
    value.len() == 36 && value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}
