// The daemon's side in Rust, over the socket of a running `aura-scan preflight --socket PATH`. Cargo.toml: serde_json = "1".
// usage: daemon SOCKET ROOT MOTHERSHIP FILE…  (files relative to ROOT)
use std::time::{SystemTime, UNIX_EPOCH};

// README: from here
use serde_json::{json, Value};
use std::io::{BufRead, BufReader, Error, Result, Write};
use std::os::unix::net::UnixStream;

fn ask(gate: &mut BufReader<UnixStream>, method: &str, params: Value) -> Result<Value> {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    gate.get_mut().write_all(format!("{request}\n").as_bytes())?;
    let mut line = String::new();
    gate.read_line(&mut line)?;
    let answer: Value = serde_json::from_str(&line)?; // no answer, or half of one, is an error: nothing is sent
    answer.get("result").cloned().ok_or_else(|| Error::other(answer["error"]["message"].to_string()))
}

fn push_file(gate: &mut BufReader<UnixStream>, mothership: &str, path: &str, source: &str) -> Result<()> {
    let answer = ask(gate, "preflight.check", json!({ "pushes": [{ "path": path, "source": source }] }))?;
    for push in answer["pushes"].as_array().into_iter().flatten().filter(|push| push["verdict"] == "allow") {
        send(&push["aura_id"], &push["hash"], &push["wire_body"]); // as the gate wrote them, and nothing else
        ask(gate, "preflight.sent", json!({ "record_id": push["record_id"], "mothership": mothership, "at": now() }))?;
    }
    Ok(())
}
// README: to here

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (socket, root, mothership) = (&words[0], &words[1], &words[2]);
    let mut gate = BufReader::new(UnixStream::connect(socket)?);
    ask(&mut gate, "initialize", json!({ "client": "ten-lines", "root": root, "mothership": mothership, "peer_id": "ada" }))?;
    for path in &words[3..] {
        push_file(&mut gate, mothership, path, &std::fs::read_to_string(std::path::Path::new(root).join(path))?)?;
    }
    Ok(())
}

/// What the daemon has for this; here it prints.
fn send(aura_id: &Value, hash: &Value, wire_body: &Value) {
    println!("{}", json!([aura_id, hash, wire_body]));
}

/// ISO 8601 in UTC; a daemon has chrono or time for this (the days: howardhinnant.github.io/date_algorithms.html).
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, seconds) = ((since.as_secs() / 86_400) as i64, since.as_secs() % 86_400);
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    let (h, m, s, ms) = (seconds / 3600, seconds / 60 % 60, seconds % 60, since.subsec_millis());
    format!("{year}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}.{ms:03}Z")
}
