// The error as programs and logs see it.

import { DoorwardError, verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { jwks, options, token } from "../sample.mjs";

const error = () => refused("issuer_mismatch", () => verify(token, jwks(), { ...options(), issuer: "https://x.example.com/" }), token);

test("it is an Error with a stack and a name", () => {
  ok(error() instanceof DoorwardError && error() instanceof Error, "instanceof");
  ok(String(error()).startsWith("DoorwardError: issuer mismatch: "), String(error()));
  ok(error().stack.length > 0, "stack");
  same(Object.prototype.toString.call(error()), "[object Error]");
});

test("a log that writes JSON has every field, always in the same order", () => {
  const written = JSON.parse(JSON.stringify({ error: error() })).error;
  same(Object.keys(written).join(), "name,code,message,expected,found,advice,section,docs,evidence");
  same([written.name, written.code, written.section], ["DoorwardError", "issuer_mismatch", "RFC 7519 section 4.1.1"]);
  same([written.message, written.docs], [error().message, error().docs]);
  same(written.evidence, { claim: "iss", allowed: ["https://x.example.com/"], iss: options().issuer });
});

test("evidence is plain data, of its own each time", () => {
  const { evidence } = error();
  evidence.allowed.push("x");
  same(error().evidence.allowed.length, 1);
});

test("errors made in JavaScript look like those of the module", () => {
  const errors = [
    refused("invalid_option", () => verify(token, jwks(), { issuer: undefined })),
    refused("invalid_option", () => verify(token, jwks(), { issuer: "" })),
    refused("jwks_malformed", () => verify(token, null)),
    refused("jwks_malformed", () => verify(token, "")),
    refused("token_malformed", () => verify(null, jwks())),
    refused("token_malformed", () => verify("", jwks())),
  ];
  for (let at = 0; at < errors.length; at += 2) {
    same(Object.keys(errors[at]).sort(), Object.keys(errors[at + 1]).sort());
    same(errors[at].section, errors[at + 1].section, "section");
    same(Object.keys(errors[at].evidence), Object.keys(errors[at + 1].evidence), "evidence");
  }
});
