//! Every container gives back the records that were put into it, and says what they travelled in.

use super::make::*;
use super::{Outcome, decode_every_way};
use serde_json::{Value, json};

/// The outcome of an input without faults.
fn good(input: &[u8]) -> Outcome {
    let outcome = decode_every_way(&Value::Null, input);
    assert_eq!(outcome.faults(), Vec::<&str>::new());
    outcome
}

/// Checks that `input` holds `records`, and that they travel in `container`.
#[track_caller]
fn holds(input: impl AsRef<[u8]>, records: &[String], container: &str) {
    let outcome = good(input.as_ref());
    let expected: Vec<&[u8]> = records.iter().map(String::as_bytes).collect();
    assert_eq!(outcome.raw(), expected);
    for found in &outcome.records {
        assert_eq!(found.container, container);
    }
}

fn two() -> Vec<String> {
    vec![record(1), record(2)]
}

#[test]
fn one_record() {
    holds(record(1), &[record(1)], "json");
    holds(format!("\u{feff}\n {} \n", record(1)), &[record(1)], "json");
}

#[test]
fn json_lines_and_documents_in_a_row() {
    for between in ["\n", "\r\n", "", " \t", "\n\n\n"] {
        holds(two().join(between), &two(), "json");
        holds(format!("{}{between}", two().join(between)), &two(), "json");
    }
}

#[test]
fn pretty_printed_documents_in_a_row() {
    let pretty = |text: &String| {
        let value: Value = serde_json::from_str(text).expect("JSON");
        serde_json::to_string_pretty(&value).expect("a value")
    };
    let pretty: Vec<String> = two().iter().map(pretty).collect();
    holds(pretty.join("\n"), &pretty, "json");
    holds(format!("[{}]", pretty.join(",\n")), &pretty, "json-array");
}

#[test]
fn log_files() {
    holds(log_file("", &two(), ""), &two(), "s3-log-file");
    holds(log_file("", &[], ""), &[], "");
    holds(log_file("", &two(), r#","more":{"a":[1,2]},"n":12.5e3"#), &two(), "s3-log-file");
    holds(log_file(r#""before":{"a":[1]},"#, &two(), r#","n":1"#), &two(), "s3-log-file");
    let in_lines = format!("{{\"Records\":[\n{}\n]}}\n", two().join(",\n"));
    holds(in_lines, &two(), "s3-log-file");
    let three = log_file("", &two(), "").repeat(3);
    holds(three, &[two(), two(), two()].concat(), "s3-log-file");
    holds(r#"{"Records":null}"#, &[], "");
}

#[test]
fn log_files_with_several_lists_give_all_of_them() {
    let behind = format!(r#","Records":[{}]"#, record(3));
    let all = [record(1), record(2), record(3)];
    holds(log_file("", &two(), &behind), &all, "s3-log-file");
    holds(log_file(r#""x":1,"#, &two(), &behind), &all, "s3-log-file");
}

#[test]
fn keys_may_be_escaped() {
    let input = format!("{{\"\\u0052ecords\":[{}]}}", record(1));
    holds(input, &[record(1)], "s3-log-file");
    let escaped = record(1).replace("eventName", "event\\u004eame");
    holds(&escaped, std::slice::from_ref(&escaped), "json");
}

#[test]
fn arrays() {
    holds(format!("[{}]", two().join(",")), &two(), "json-array");
    holds(format!(" [ {} ] ", two().join(" , ")), &two(), "json-array");
    holds("[]", &[], "");
    let files = format!("[{},{}]", log_file("", &two(), ""), log_file("", &[record(3)], ""));
    holds(files, &[record(1), record(2), record(3)], "s3-log-file");
}

#[test]
fn containers_may_follow_each_other() {
    let lines = [record(1), log_file("", &[record(2)], ""), event_bridge(&record(3)), record(4)];
    let outcome = good(lines.join("\n").as_bytes());
    let containers: Vec<&str> = outcome.records.iter().map(|found| found.container).collect();
    assert_eq!(containers, ["json", "s3-log-file", "eventbridge", "json"]);
    let expected: Vec<String> = (1..=4).map(record).collect();
    assert_eq!(outcome.raw(), expected.iter().map(String::as_bytes).collect::<Vec<_>>());
    // All of them are text of the input, so their places are exact.
    let text = lines.join("\n");
    for (found, record) in outcome.records.iter().zip(&expected) {
        assert_eq!(Some(found.offset as usize), text.find(record));
    }
}

#[test]
fn messages_of_cloudwatch_logs() {
    let message = logs_message(&two());
    let outcome = good(message.as_bytes());
    let times: Vec<_> = outcome.records.iter().map(|found| found.logs_time_ms).collect();
    assert_eq!(times, [Some(1000), Some(1001)]);
    // The offset is that of the string in which the record lies.
    let at = message.find(r#""{\"eventVersion"#).expect("it is there") as u64;
    assert_eq!(outcome.records[0].offset, at);
    holds(&message, &two(), "cloudwatch-logs");
    holds(gzip(message.as_bytes()), &two(), "cloudwatch-logs");
    holds(gzip(&gzip(message.as_bytes())), &two(), "cloudwatch-logs");
    holds(base64(&gzip(message.as_bytes())), &two(), "cloudwatch-logs");
    holds(lambda_of_logs(&message).to_string(), &two(), "lambda/cloudwatch-logs");
    let zstd = zstd::encode_all(message.as_bytes(), 3).expect("memory");
    holds(&zstd, &two(), "cloudwatch-logs");
    holds(base64(&zstd), &two(), "cloudwatch-logs");
}

#[test]
fn answers_of_filter_log_events() {
    let event = |id: u32| json!({"logStreamName": "s", "timestamp": 5, "message": record(id)});
    let answer = json!({"events": [event(1), event(2)], "searchedLogStreams": []}).to_string();
    holds(&answer, &two(), "cloudwatch-logs");
    assert_eq!(good(answer.as_bytes()).records[1].logs_time_ms, Some(5));
}

#[test]
fn offsets_count_from_where_the_input_was_cut() {
    use trailmill_stage::event::{Batch, Source};
    use trailmill_stage::{Decoder, Input};
    let text = format!("{}\n{{bad\n{}", record(1), record(2));
    let mut outcome = Outcome::default();
    let mut reader = text.as_bytes();
    let mut input = Input { offset: 1000, ..Input::whole(&mut reader, Source::default()) };
    let decoder = super::decoder(Value::Null, crate::run::Tuning::default());
    decoder.decode(&mut input, &mut Batch::new(), &mut outcome).expect("it can be read");
    let offsets: Vec<u64> = outcome.records.iter().map(|found| found.offset).collect();
    let at = |what: &str| 1000 + text.find(what).expect("it is there") as u64;
    assert_eq!(offsets, [1000, at(&record(2))]);
    assert_eq!(outcome.refused[0].offset, at("{bad"));
}

#[test]
fn base64_in_lines_and_wrapped() {
    let blob = |id| base64(&gzip(logs_message(&[record(id)]).as_bytes()));
    let wrap = |blob: String| {
        let lines: Vec<&str> =
            blob.as_bytes().chunks(76).map(|line| str::from_utf8(line).expect("ASCII")).collect();
        lines.join("\n")
    };
    holds(format!("{}\n{}\n", blob(1), blob(2)), &two(), "cloudwatch-logs");
    holds(format!("{}\n{}\n", wrap(blob(1)), wrap(blob(2))), &two(), "cloudwatch-logs");
    let outcome = good(format!("{}\r\n{}", wrap(blob(1)), record(2)).as_bytes());
    assert_eq!(outcome.records.len(), 2);
}

#[test]
fn control_messages_hold_nothing() {
    let control = logs_message(&["CWL CONTROL MESSAGE: ...".to_owned()]);
    let control = control.replace("DATA_MESSAGE", "CONTROL_MESSAGE");
    let outcome = good(control.as_bytes());
    assert_eq!(
        (outcome.records.len(), &outcome.notes[..]),
        (0, &[("logs-control-message", 1)][..])
    );
}

#[test]
fn carriers_of_text() {
    for (name, carrier) in CARRIERS {
        let lines = two().join("\n");
        holds(carrier(lines.as_bytes()).to_string(), &two(), name);
        let pretty = serde_json::to_string_pretty(&carrier(lines.as_bytes())).expect("a value");
        holds(pretty, &two(), name);
        let message = logs_message(&two());
        let path = format!("{name}/cloudwatch-logs");
        holds(carrier(&gzip(message.as_bytes())).to_string(), &two(), &path);
        holds(carrier(message.as_bytes()).to_string(), &two(), &path);
        let log_file = log_file("", &two(), "");
        holds(carrier(log_file.as_bytes()).to_string(), &two(), &format!("{name}/s3-log-file"));
        let bridge = event_bridge(&record(1));
        let path = format!("{name}/eventbridge");
        holds(carrier(bridge.as_bytes()).to_string(), &[record(1)], &path);
    }
}

#[test]
fn carriers_in_carriers() {
    for (outer_name, outer) in CARRIERS {
        for (name, carrier) in CARRIERS {
            let inner = carrier(event_bridge(&record(1)).as_bytes()).to_string();
            let input = outer(inner.as_bytes()).to_string();
            holds(input, &[record(1)], &format!("{outer_name}/{name}/eventbridge"));
        }
    }
}

#[test]
fn contents_may_be_unpacked_already() {
    let value: Value = serde_json::from_str(&record(1)).expect("JSON");
    let record = value.to_string();
    let inputs = [
        (json!({"MessageId": "m", "Body": value}), "sqs"),
        (json!({"Records": [{"kinesis": {"data": value}}]}), "kinesis"),
        (json!({"Events": [{"EventId": "1", "CloudTrailEvent": value}]}), "lookup-events"),
        (json!({"awslogs": {"data": value}}), "lambda"),
    ];
    for (input, container) in inputs {
        holds(input.to_string(), std::slice::from_ref(&record), container);
    }
}

#[test]
fn answers_of_lookup_events() {
    let event = |id: u32| json!({"EventId": "1", "EventName": "x", "CloudTrailEvent": record(id)});
    let answer = json!({"Events": [event(1), event(2)], "NextToken": "n"});
    holds(answer.to_string(), &two(), "lookup-events");
    holds(format!("{}\n{}\n", event(1), event(2)), &two(), "lookup-events");
}

#[test]
fn rows_of_cloudtrail_lake() {
    let as_text = json!({"eventJson": record(1), "eventName": "GetCallerIdentity"});
    holds(as_text.to_string(), &[record(1)], "cloudtrail-lake");
    let integration = format!(
        r#"{{"eventVersion":"1.0","eventCategory":"ActivityAuditLog","eventData":{}}}"#,
        record(1)
    );
    holds(integration, &[record(1)], "cloudtrail-lake");
    let data = json!({"eventData": record(1), "eventID": "1"});
    holds(data.to_string(), &[record(1)], "cloudtrail-lake");
    let row = |id: u32| json!([{"eventID": "1"}, {"eventJson": record(id)}]);
    let page = json!({"QueryStatus": "FINISHED", "QueryResultRows": [row(1), row(2)]});
    holds(page.to_string(), &two(), "cloudtrail-lake");
}

#[test]
fn uncommon_records() {
    let records = [
        r#"{"eventVersion":"1.08","eventTime":"2026-01-01T00:00:00Z","awsRegion":"us-east-1","eventID":"1","eventType":"AwsCloudTrailInsight","insightDetails":{"state":"Start"},"eventCategory":"Insight"}"#,
        r#"{"eventVersion":"1.0","accountId":"111122223333","eventId":"1","eventCategory":"Aggregated","eventType":"AwsAggregatedEvent","timeWindow":{},"summary":{}}"#,
        r#"{"eventVersion":"1.09","eventCategory":"NetworkActivity","eventType":"AwsVpceEvent","vpcEndpointId":"vpce-1"}"#,
        r#"{"awsRegion":"us-east-1","eventName":"SendEmail","eventSource":"ses.amazonaws.com"}"#,
    ];
    let records = records.map(str::to_owned);
    holds(records.join("\n"), &records, "json");
    holds(log_file("", &records, ""), &records, "s3-log-file");
}

#[test]
fn a_container_inside_an_object_of_somebodys_own() {
    let file = log_file("", &two(), "");
    holds(format!(r#"[{{"data":{file},"log":"x"}}]"#), &two(), "s3-log-file");
    holds(format!(r#"{{"data":{{"data":{}}}}}"#, record(1)), &[record(1)], "json");
}
