//! The core as a Rust author uses it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

mod provider;

mod forger;

mod gate;

mod accepted;
mod attacks_algorithm;
mod attacks_answers;
mod attacks_claims;
mod attacks_ed25519;
mod attacks_fetching;
mod attacks_header;
mod attacks_json;
mod attacks_keys;
mod attacks_requests;
mod attacks_rotation;
mod attacks_rsa;
mod attacks_signature;
mod attacks_table;
mod attacks_text;
mod explanations;
mod gate_answers;
mod gate_batches;
mod gate_callers;
mod gate_content;
mod gate_credentials;
mod gate_events;
mod gate_fetching;
mod gate_headers_mode;
mod gate_issuer_options;
mod gate_keys;
mod gate_many_rules;
mod gate_messages;
mod gate_metadata;
mod gate_mirrored;
mod gate_operands;
mod gate_options;
mod gate_order;
mod gate_origins;
mod gate_properties;
mod gate_remembered;
mod gate_revisions;
mod gate_routes;
mod gate_rule_options;
mod gate_rules;
mod issuers;
mod key_sets;
mod key_tables;
mod keys_addresses;
mod keys_answers;
mod keys_clock;
mod keys_course;
mod keys_discovery;
mod keys_outage;
mod keys_properties;
mod keys_records;
mod keys_route;
mod keys_time;
mod keys_unknown;
mod options;
mod profiles;
mod properties;
mod readme;
mod rejections;
mod remembered;
mod times;
mod vectors;
