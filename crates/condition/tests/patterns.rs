//! Event patterns: the examples of the documentation with the matches it states, and the rules
//! that it leaves to its readers.

mod support;

use support::{pattern, refused};

/// Checks which events a pattern matches and which it does not.
fn check(written: &str, good: &[&str], bad: &[&str]) {
    good.iter().for_each(|event| assert!(pattern(written, event), "{written}\n{event}"));
    bad.iter().for_each(|event| assert!(!pattern(written, event), "{written}\n{event}"));
}

/// The event of the section on event patterns, and of the README of event-ruler.
const INSTANCE: &str = r#"{"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
    "account": "111122223333", "time": "2017-12-22T18:43:48Z", "region": "us-west-1",
    "resources": ["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],
    "detail": {"instance-id": "i-1234567890abcdef0", "state": "terminated"}}"#;

/// The event of the section on null values and empty strings.
const LAUNCH: &str = r#"{"version": "0", "detail-type": "EC2 Instance Launch Successful",
    "source": "aws.autoscaling", "time": "2015-11-11T21:31:47Z", "region": "us-east-1",
    "resources": [], "detail": {"eventVersion": "", "responseElements": null}}"#;

#[test]
fn the_example_of_event_patterns() {
    check(
        r#"{"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"],
            "detail": {"state": ["terminated"]}}"#,
        &[INSTANCE],
        &[LAUNCH, r#"{"source": "aws.ec2", "detail": {"state": "terminated"}}"#, "{}"],
    );
    check(r#"{"detail": {"state": ["initializing", "running"]}}"#, &[], &[INSTANCE]);
}

#[test]
fn null_values_and_empty_strings() {
    check(r#"{"detail": {"eventVersion": [""]}}"#, &[LAUNCH], &[INSTANCE]);
    check(r#"{"detail": {"responseElements": [null]}}"#, &[LAUNCH], &[INSTANCE]);
    check(r#"{"detail": {"eventVersion": [null]}}"#, &[], &[LAUNCH]);
    check(r#"{"detail": {"responseElements": [""]}}"#, &[], &[LAUNCH]);
}

#[test]
fn arrays() {
    check(
        r#"{"resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f",
            "arn:aws:ec2:us-east-1:111122223333:instance/i-b188560f",
            "arn:aws:ec2:us-east-1:444455556666:instance/i-b188560f"]}"#,
        &[
            r#"{"resources": ["arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:eb56d16b-bbf0-401d-b893-d5978ed4a025:autoScalingGroupName/ASGTerminate",
                "arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f"]}"#,
            r#"{"resources": [[["arn:aws:ec2:us-east-1:111122223333:instance/i-b188560f"]]]}"#,
        ],
        &[INSTANCE, LAUNCH],
    );
}

#[test]
fn the_table_of_operators() {
    check(
        r#"{"Location": ["New York"], "Day": ["Monday"]}"#,
        &[r#"{"Location": "New York", "Day": "Monday"}"#],
        &[r#"{"Location": "New York", "Day": "Friday"}"#, r#"{"Day": "Monday"}"#],
    );
    check(
        r#"{"$or": [{"Location": ["New York"]}, {"Day": ["Monday"]}]}"#,
        &[r#"{"Location": "New York", "Day": "Friday"}"#, r#"{"Day": "Monday"}"#],
        &[r#"{"Location": "Rome", "Day": "Friday"}"#, "{}"],
    );
    check(
        r#"{"PaymentType": ["Credit", "Debit"]}"#,
        &[r#"{"PaymentType": "Debit"}"#],
        &[r#"{"PaymentType": "Cash"}"#],
    );
    check(r#"{"LastName": [""]}"#, &[r#"{"LastName": ""}"#], &[r#"{"LastName": null}"#, "{}"]);
    check(
        r#"{"Name": [{"equals-ignore-case": "alice"}]}"#,
        &[r#"{"Name": "Alice"}"#, r#"{"Name": "ALICE"}"#],
        &[r#"{"Name": "Alicia"}"#],
    );
    check(r#"{"UserID": [null]}"#, &[r#"{"UserID": null}"#], &[r#"{"UserID": "null"}"#, "{}"]);
    check(
        r#"{"Price": [{"numeric": ["=", 100]}]}"#,
        &[r#"{"Price": 100}"#, r#"{"Price": 100.0}"#],
        &[r#"{"Price": "100"}"#, r#"{"Price": 101}"#],
    );
    check(
        r#"{"Price": [{"numeric": [">", 10, "<=", 20]}]}"#,
        &[r#"{"Price": 20}"#, r#"{"Price": 10.5}"#],
        &[r#"{"Price": 10}"#, r#"{"Price": 20.1}"#, r#"{"Price": null}"#],
    );
    check(
        r#"{"ProductName": [{"exists": true}]}"#,
        &[r#"{"ProductName": "x"}"#, r#"{"ProductName": null}"#, r#"{"ProductName": [0]}"#],
        &["{}", r#"{"ProductName": {}}"#, r#"{"ProductName": []}"#],
    );
    check(
        r#"{"ProductName": [{"exists": false}]}"#,
        &["{}", r#"{"ProductName": {"a": 1}}"#, r#"{"ProductName": []}"#],
        &[r#"{"ProductName": "x"}"#, r#"{"ProductName": null}"#],
    );
}

#[test]
fn texts() {
    check(r#"{"a": [{"exactly": "x"}]}"#, &[r#"{"a": "x"}"#], &[r#"{"a": "X"}"#, r#"{"a": 1}"#]);
    check(
        r#"{"time": [{"prefix": "2017-10-02"}]}"#,
        &[r#"{"time": "2017-10-02T18:43:48Z"}"#],
        &[r#"{"time": "2017-10-03T18:43:48Z"}"#, r#"{"time": 2017}"#],
    );
    check(
        r#"{"service": [{"prefix": {"equals-ignore-case": "EventB"}}]}"#,
        &[r#"{"service": "EventBridge"}"#, r#"{"service": "EVENTBRIDGE"}"#],
        &[r#"{"service": "Event"}"#],
    );
    check(
        r#"{"FileName": [{"suffix": ".png"}]}"#,
        &[r#"{"FileName": "a.png"}"#],
        &[r#"{"FileName": "a.PNG"}"#, r#"{"FileName": "png"}"#],
    );
    check(
        r#"{"service": [{"suffix": {"equals-ignore-case": "tBridge"}}]}"#,
        &[r#"{"service": "EventBridge"}"#, r#"{"service": "EVENTBRIDGE"}"#],
        &[r#"{"service": "EventBridges"}"#],
    );
    check(
        r#"{"FilePath": [{"wildcard": "dir/*.png"}]}"#,
        &[r#"{"FilePath": "dir/a/b.png"}"#, r#"{"FilePath": "dir/.png"}"#],
        &[r#"{"FilePath": "a/dir/b.png"}"#, r#"{"FilePath": "dir/b.png2"}"#],
    );
    check(r#"{"a": [{"wildcard": "a\\*\\\\*"}]}"#, &[r#"{"a": "a*\\b"}"#], &[r#"{"a": "ab\\b"}"#]);
    check(r#"{"a": ["A\n"]}"#, &[r#"{"a": "\u0041\u000a"}"#], &[r#"{"a": "An"}"#]);
}

#[test]
fn anything_but() {
    check(
        r#"{"detail": {"state": [{"anything-but": "initializing"}]}}"#,
        &[INSTANCE, r#"{"detail": {"state": null}}"#, r#"{"detail": {"state": 1}}"#],
        &[r#"{"detail": {"state": "initializing"}}"#, r#"{"detail": {}}"#, "{}"],
    );
    check(
        r#"{"detail": {"x-limit": [{"anything-but": [100, 200, 300]}]}}"#,
        &[r#"{"detail": {"x-limit": 250}}"#, r#"{"detail": {"x-limit": "100"}}"#],
        &[r#"{"detail": {"x-limit": 100}}"#, r#"{"detail": {"x-limit": 2e2}}"#],
    );
    check(
        r#"{"state": [{"anything-but": ["stopped", "overloaded"]}]}"#,
        &[r#"{"state": "Stopped"}"#, r#"{"state": ["stopped", "running"]}"#],
        &[r#"{"state": "stopped"}"#, r#"{"state": ["stopped", "overloaded"]}"#],
    );
    check(
        r#"{"Region": [{"anything-but": {"prefix": "us-"}}]}"#,
        &[r#"{"Region": "eu-west-1"}"#],
        &[r#"{"Region": "us-east-1"}"#, "{}"],
    );
    check(
        r#"{"FileName": [{"anything-but": {"suffix": [".png", ".jpg"]}}]}"#,
        &[r#"{"FileName": "a.txt"}"#],
        &[r#"{"FileName": "a.png"}"#, r#"{"FileName": "a.jpg"}"#],
    );
    check(
        r#"{"state": [{"anything-but": {"equals-ignore-case": "initializing"}}]}"#,
        &[r#"{"state": "running"}"#],
        &[r#"{"state": "INITIALIZING"}"#],
    );
    check(
        r#"{"FilePath": [{"anything-but": {"wildcard": ["*/lib/*", "*/bin/*"]}}]}"#,
        &[r#"{"FilePath": "/src/a"}"#],
        &[r#"{"FilePath": "a/lib/b"}"#, r#"{"FilePath": "/bin/"}"#],
    );
}

#[test]
fn addresses() {
    check(
        r#"{"detail": {"sourceIPAddress": [{"cidr": "10.0.0.0/24"}]}}"#,
        &[r#"{"detail": {"sourceIPAddress": "10.0.0.255"}}"#],
        &[
            r#"{"detail": {"sourceIPAddress": "10.0.1.0"}}"#,
            r#"{"detail": {"sourceIPAddress": "ec2.amazonaws.com"}}"#,
            r#"{"detail": {"sourceIPAddress": 10}}"#,
        ],
    );
    check(r#"{"a": [{"cidr": "fd00::/8"}]}"#, &[r#"{"a": "fd01::1"}"#], &[r#"{"a": "::1"}"#]);
}

#[test]
fn the_complex_example() {
    check(
        r#"{"time": [{"prefix": "2017-10-02"}], "detail": {
            "state": [{"anything-but": "initializing"}],
            "c-count": [{"numeric": [">", 0, "<=", 5]}], "d-count": [{"numeric": ["<", 10]}],
            "x-limit": [{"anything-but": [100, 200, 300]}],
            "source-ip": [{"cidr": "10.0.0.0/8"}]}}"#,
        &[r#"{"time": "2017-10-02T18:43:48Z", "detail": {"state": "running", "c-count": 5,
            "d-count": 9.5, "x-limit": 301.8, "source-ip": "10.0.0.33"}}"#],
        &[r#"{"time": "2017-10-02T18:43:48Z", "detail": {"state": "running", "c-count": 6,
            "d-count": 9.5, "x-limit": 301.8, "source-ip": "10.0.0.33"}}"#],
    );
}

#[test]
fn alternatives() {
    let nested = r#"{"source": ["aws.cloudwatch"], "$or": [
        {"metricName": ["CPUUtilization", "ReadLatency"]},
        {"metricType": ["MetricType"], "namespace": ["AWS/EC2", "AWS/ES"],
            "$or": [{"metricId": [1234]}, {"spaceId": [1000]}]},
        {"scope": ["Service"]}]}"#;
    check(
        nested,
        &[
            r#"{"source": "aws.cloudwatch", "metricName": "ReadLatency"}"#,
            r#"{"source": "aws.cloudwatch", "scope": "Service"}"#,
            r#"{"source": "aws.cloudwatch", "metricType": "MetricType", "namespace": "AWS/ES",
                "spaceId": 1000}"#,
        ],
        &[
            r#"{"source": "aws.cloudwatch"}"#,
            r#"{"source": "aws.ec2", "scope": "Service"}"#,
            r#"{"source": "aws.cloudwatch", "metricType": "MetricType", "namespace": "AWS/ES"}"#,
        ],
    );
    check(
        r#"{"$or": [{"metricName": ["CPUUtilization"]}, {"namespace": ["AWS/EC2"]}],
            "detail": {"$or": [{"source": ["aws.cloudwatch"]}, {"type": ["Alarm"]}]}}"#,
        &[r#"{"namespace": "AWS/EC2", "detail": {"type": "Alarm"}}"#],
        &[r#"{"namespace": "AWS/EC2", "detail": {}}"#, r#"{"detail": {"type": "Alarm"}}"#],
    );
    // Where it is no list of alternatives, it is a name like any other.
    check(
        r#"{"$or": {"metricType": ["MetricType"]}}"#,
        &[r#"{"$or": {"metricType": "MetricType"}}"#],
        &[r#"{"metricType": "MetricType"}"#],
    );
    check(
        r#"{"$or": [{"prefix": "a"}, {"suffix": "b"}]}"#,
        &[r#"{"$or": "xb"}"#, r#"{"$or": "ax"}"#],
        &["{}"],
    );
}

#[test]
fn objects_in_arrays() {
    let both = r#"{"resources": {"type": ["AWS::S3::Object"], "ARN": [{"prefix": "arn:x"}]}}"#;
    check(
        both,
        &[
            r#"{"resources": [{"type": "AWS::S3::Bucket"},
                {"type": "AWS::S3::Object", "ARN": "arn:x/y"}]}"#,
            r#"{"resources": {"type": "AWS::S3::Object", "ARN": "arn:x"}}"#,
        ],
        // Each condition holds, but not for the same element.
        &[r#"{"resources": [{"type": "AWS::S3::Bucket", "ARN": "arn:x/y"},
            {"type": "AWS::S3::Object", "ARN": "arn:z"}]}"#],
    );
    check(
        r#"{"resources": {"ARN": [{"exists": false}]}}"#,
        &["{}", r#"{"resources": []}"#, r#"{"resources": [{"type": "a"}]}"#, r#"{"resources": 1}"#],
        &[r#"{"resources": [{"type": "a"}, {"ARN": "b"}]}"#],
    );
    check(
        r#"{"resources": {"ARN": ["x", {"exists": false}]}}"#,
        &["{}", r#"{"resources": [{"ARN": "y"}, {"ARN": "x"}]}"#, r#"{"resources": []}"#],
        &[r#"{"resources": [{"ARN": "y"}]}"#],
    );
    check(
        r#"{"detail": {"c-count": [{"exists": false}]}}"#,
        &[INSTANCE, r#"{"detail": {"c-count": {"c1": 100}}}"#],
        &[r#"{"detail": {"c-count": 1}}"#],
    );
}

#[test]
fn says_what_is_wrong() {
    for (written, message) in [
        ("1", "a pattern is a map"),
        ("{}", "an empty map matches nothing in particular"),
        (r#"{"a": "x"}"#, "`a`: expected a list of values, or a map"),
        (r#"{"a": []}"#, "`a`: an empty list matches nothing"),
        (r#"{"a": {"b": {}}}"#, "`a.b`: an empty map matches nothing in particular"),
        (r#"{"a": [[1]]}"#, "`a[0]`: expected a value or a map with one of prefix, suffix"),
        (r#"{"a": [1, {"prefix": "x", "suffix": "y"}]}"#, "`a[1]`: expected a value or a map"),
        (r#"{"a": [{"prefixed": "x"}]}"#, "`a[0].prefixed`: no operator; there is prefix"),
        (r#"{"a": [{"prefix": 1}]}"#, "`a[0].prefix`: expected a text"),
        (r#"{"a": [{"exists": "true"}]}"#, "`a[0].exists`: expected true or false"),
        (r#"{"a": [{"cidr": "10.0.0.0"}, {"cidr": "x"}]}"#, "`a[1].cidr`: expected a network"),
        (r#"{"a": [{"wildcard": "x**"}]}"#, "`a[0].wildcard`: two `*` in a row"),
        (r#"{"a": [{"numeric": []}]}"#, "`a[0].numeric`: expected a sign and a number"),
        (r#"{"a": [{"numeric": ["<"]}]}"#, "`a[0].numeric`: expected a sign and a number"),
        (r#"{"a": [{"numeric": ["<", 1, ">", 0]}]}"#, "`a[0].numeric`: expected a sign"),
        (r#"{"a": [{"numeric": [">", 1, "<", 0]}]}"#, "`a[0].numeric`: expected a sign"),
        (r#"{"a": [{"anything-but": [1, "x"]}]}"#, "`a[0].anything-but`: expected either texts"),
        (r#"{"a": [{"anything-but": null}]}"#, "`a[0].anything-but`: expected texts or numbers"),
        (r#"{"a": [{"anything-but": []}]}"#, "`a[0].anything-but`: an empty list excludes"),
        (r#"{"a": [{"anything-but": {"prefix": ""}}]}"#, "`a[0].anything-but.prefix`: an empty"),
        (r#"{"a": [{"anything-but": {"cidr": "::/0"}}]}"#, "`a[0].anything-but.cidr`: no operator"),
        (r#"{"$or": [{"a": [1]}]}"#, "`$or[0].a`: no operator"),
        (r#"{"$or": [{"a": [1]}, {}]}"#, "`$or[1]`: an empty map"),
    ] {
        let written = serde_json::from_str(written).expect(written);
        let error = trailmill_condition::Pattern::new(&written).expect_err(message).to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn refuses_a_pattern_for_the_envelope() {
    let error = refused(
        r#"{"pattern": {"source": ["aws.signin"], "detail": {"eventName": ["ConsoleLogin"]}}}"#,
    );
    assert!(error.starts_with("`pattern.detail`: EventBridge puts the record under"), "{error}");
}
