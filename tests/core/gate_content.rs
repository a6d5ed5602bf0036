//! How a body says that it is to be read, and how long it is.

use serde_json::json;

use crate::gate::{valid, with_option};

#[test]
fn the_body_is_json_in_utf_8_without_a_coding() {
    for content_type in [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json ; charset=\"utf-8\"",
        "application/json;",
    ] {
        assert!(valid().with("content-type", content_type).told().is_allowed(), "{content_type}");
    }
    for content_type in [
        "",
        "text/plain",
        "text/json",
        "application/json-rpc",
        "application/jsonp",
        "application/vnd.api+json",
        "*/*",
        "json",
        "application/json, text/plain",
        "application/json,application/json",
        "application/json; charset=utf-16",
        "application/json; charset=utf-7",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset",
        "application/json; boundary=x",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "text/plain; application/json",
        "application/x-ndjson",
    ] {
        let told = valid().with("content-type", content_type).told();
        assert_eq!((told.status(), told.code()), (400, "content_type_unsupported"), "{content_type}");
    }
    assert_eq!(valid().without("content-type").told().code(), "content_type_unsupported");
    let twice = valid().and("content-type", "application/json");
    assert_eq!(twice.told().code(), "content_type_unsupported");

    assert!(valid().with("content-encoding", "identity").told().is_allowed());
    for coding in
        ["gzip", "deflate", "br", "zstd", "x-gzip", "identity, gzip", "gzip, identity", "", "aws-chunked", "utf-8"]
    {
        let told = valid().with("content-encoding", coding).told();
        assert_eq!((told.status(), told.code()), (400, "content_encoding_unsupported"), "{coding}");
    }
}

/// The length is judged before anything else, declared or real; no length is no fault (chunked bodies).
#[test]
fn the_length_of_a_body_is_bounded() {
    let options = with_option("maxBodyBytes", json!(valid().body.expect("a body").len()));
    assert!(valid().told_by(&options).is_allowed());
    assert_eq!(
        valid().with_body([valid().body.unwrap(), vec![b' ']].concat()).told_by(&options).code(),
        "body_too_large"
    );
    for length in ["1048577", "4294967296", "18446744073709551616", &"9".repeat(400), "0001048577"] {
        let told = valid().with("content-length", length).told();
        assert_eq!((told.status(), told.code()), (413, "body_too_large"), "{length}");
    }
    for length in ["1048576", "0", "x", "-1", "", "1, 1"] {
        assert!(valid().with("content-length", length).told().is_allowed(), "{length}");
    }
}
