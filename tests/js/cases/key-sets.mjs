// The same object again and again: read once, and never mistaken for what it was.

import { verify } from "doorward";
// The comparison itself is not for users.
import { matches } from "../node_modules/doorward/lib/snapshot.js";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { header, jwk, jwks, options, otherJwk, sign, token } from "../sample.mjs";

const accepts = (keys) => verify(token, keys, options()).key;
const refuses = (code, keys) => refused(code, () => verify(token, keys, options()), token);

/** Changes a set that verifies, in place, so that it must not; then back again, so that it must. */
function changed(name, code, change, undo) {
  test(`a change is noticed: ${name}`, () => {
    const keys = { keys: [otherJwk(), jwk()] };
    same([accepts(keys).index, accepts(keys).index], [1, 1]);
    change(keys);
    refuses(code, keys);
    refuses(code, keys);
    undo(keys);
    same([accepts(keys).index, accepts(keys).index], [1, 1]);
  });
}

changed("a key is removed", "key_not_found", ({ keys }) => keys.pop(), ({ keys }) => keys.push(jwk()));
changed("all keys are removed", "key_not_found", ({ keys }) => (keys.length = 0), ({ keys }) => keys.push(otherJwk(), jwk()));
changed("the list is replaced", "key_not_found", (set) => (set.keys = []), (set) => (set.keys = [otherJwk(), jwk()]));
changed("the list is deleted", "jwks_malformed", (set) => delete set.keys, (set) => (set.keys = [otherJwk(), jwk()]));
changed("a key is replaced", "key_not_found", ({ keys }) => (keys[1] = otherJwk()), ({ keys }) => (keys[1] = jwk()));
changed("a key's material is replaced", "signature_invalid", ({ keys }) => (keys[1].x = otherJwk().x), ({ keys }) => (keys[1].x = jwk().x));
changed("a key is renamed", "key_not_found", ({ keys }) => (keys[1].kid = "x"), ({ keys }) => (keys[1].kid = "sample"));
changed("a key's use is altered", "key_unusable", ({ keys }) => (keys[1].use = "enc"), ({ keys }) => (keys[1].use = "sig"));
changed("a member is deleted", "key_unusable", ({ keys }) => delete keys[1].kty, ({ keys }) => (keys[1].kty = "OKP"));
changed("a member is set to undefined", "key_unusable", ({ keys }) => (keys[1].x = undefined), ({ keys }) => (keys[1].x = jwk().x));
changed("a member is added", "key_unusable", ({ keys }) => (keys[1].d = jwk().x), ({ keys }) => delete keys[1].d);
changed("a member changes its type", "key_unusable", ({ keys }) => (keys[1].x = [keys[1].x]), ({ keys }) => (keys[1].x = jwk().x));
changed("key_ops is altered, deep inside", "key_unusable", ({ keys }) => (keys[1].key_ops[0] = "encrypt"), ({ keys }) => (keys[1].key_ops[0] = "verify"));
changed("key_ops is emptied", "key_unusable", ({ keys }) => keys[1].key_ops.pop(), ({ keys }) => keys[1].key_ops.push("verify"));
changed("a toJSON is added", "key_not_found", (set) => (set.toJSON = () => ({ keys: [] })), (set) => delete set.toJSON);
changed("an inherited toJSON is added", "key_not_found", (set) => Object.setPrototypeOf(set, { toJSON: () => ({ keys: [] }) }), (set) => Object.setPrototypeOf(set, Object.prototype));
changed("a key gets a toJSON that nobody lists", "key_not_found", ({ keys }) => Object.defineProperty(keys[1], "toJSON", { value: () => null, configurable: true }), ({ keys }) => delete keys[1].toJSON);
changed("the list gets a toJSON", "key_not_found", ({ keys }) => (keys.toJSON = () => []), ({ keys }) => delete keys.toJSON);
changed("a member is hidden", "key_unusable", ({ keys }) => Object.defineProperty(keys[1], "x", { enumerable: false }), ({ keys }) => Object.defineProperty(keys[1], "x", { enumerable: true }));
changed("a member goes and a function of Object comes", "key_unusable", ({ keys }) => { delete keys[1].x; keys[1].toString = Object.prototype.toString; }, ({ keys }) => { delete keys[1].toString; keys[1].x = jwk().x; });

test("a single key is watched as a set is", () => {
  const key = jwk();
  same([accepts(key).index, accepts(key).index], [0, 0]);
  key.x = otherJwk().x;
  refuses("signature_invalid", key);
});

test("a getter is read anew each time", () => {
  let gone = false;
  const keys = { get keys() { return gone ? [] : [jwk()]; } };
  same([accepts(keys).index, accepts(keys).index], [0, 0]);
  gone = true;
  refuses("key_not_found", keys);
});

test("so are a proxy, a class and a toJSON", () => {
  let list = [jwk()];
  class Keys {
    get current() { return list; }
    toJSON() { return { keys: this.current }; }
  }
  const proxy = new Proxy({}, {
    ownKeys: () => ["keys"],
    getOwnPropertyDescriptor: () => ({ value: list, enumerable: true, configurable: true }),
    get: (_, name) => (name === "keys" ? list : undefined),
  });
  const all = [new Keys(), proxy];
  for (const keys of all) same([accepts(keys).index, accepts(keys).index], [0, 0]);
  list = [otherJwk()];
  for (const keys of all) refuses("key_not_found", keys);
});

test("frozen objects, objects without a prototype and those of another realm are keys too", () => {
  const foreign = Object.create(null, Object.getOwnPropertyDescriptors(Object.prototype));
  const ofRealm = (prototype) => Object.assign(Object.create(prototype), { keys: [Object.assign(Object.create(prototype), jwk())] });
  for (const keys of [Object.freeze({ keys: Object.freeze([Object.freeze(jwk())]) }), ofRealm(null), ofRealm(foreign)]) {
    same([accepts(keys).index, accepts(keys).index, accepts(keys).index], [0, 0, 0]);
  }
});

test("two equal objects go their own ways", () => {
  const [one, other] = [jwks(), jwks()];
  accepts(one);
  accepts(other);
  one.keys.pop();
  refuses("key_not_found", one);
  same(accepts(other).index, 0);
});

test("objects are told apart when they change places under one name", async () => {
  const mine = await sign({ ...header(), kid: "other" });
  const keys = jwks();
  accepts(keys);
  keys.keys[0] = { ...jwk(), kid: "other" };
  refuses("key_not_found", keys);
  same(verify(mine, keys, options()).key.kid, "other");
});

test("an object is compared with what it was exactly, or counted as another", () => {
  const unchanged = [{}, [], [[]], { a: [1, "x", true, null, { b: {} }] }, { "": 0, __proto__: null }, { a: undefined, b: 1 }, -0, JSON.parse(`{"__proto__":{"a":1}}`)];
  for (const value of unchanged) ok(matches(value, JSON.parse(JSON.stringify(value))), JSON.stringify(value));
  const pairs = [
    [new Number(1), {}], [new Boolean(false), {}], [new String("ab"), { 0: "a", 1: "b" }], [Object(1n), {}], [new Date(0), {}], [[], {}], [{}, []], [null, {}],
    [{}, null], ["1", 1], [1, "1"], [undefined, null], [[undefined], [null]], [[,], [null]], [NaN, null], [() => {}, {}], [{ a: undefined }, { a: null }],
    [{ b: 1 }, { a: 1 }], [{ a: 1, b: 2 }, { a: 1 }], [{ a: 1 }, { a: 1, b: 2 }], [Object.create({ a: 1 }), { a: 1 }], [[1, 2], [1]], [[1], [1, 2]], [{ toString: {}.toString }, { a: 1 }],
    [{ length: 1, 0: "a" }, ["a"]], [["a"], { 0: "a" }], [JSON.parse(`{"__proto__":1}`), {}], [{}, JSON.parse(`{"__proto__":1}`)], [{ constructor: 1 }, { a: 1 }],
  ];
  for (const [live, snapshot] of pairs) ok(!matches(live, snapshot), `${String(live)} ${JSON.stringify(snapshot)}`);
});

test("whatever is changed, in whatever order, the object counts as its text would", () => {
  const random = generator(42);
  const values = [undefined, null, true, 0, 1, "", "verify", "enc", "EdDSA", [], ["verify"], {}, jwk().x, otherJwk().x, jwk(), otherJwk()];
  const names = ["keys", "kty", "crv", "x", "kid", "use", "alg", "key_ops", "d", "length", "__proto__x"];
  const answer = (keys) => {
    try {
      return accepts(keys).index;
    } catch (error) {
      return error.message;
    }
  };
  let [accepted, refusedOnes] = [0, 0];
  for (let round = 0; round < 60; round++) {
    const keys = { keys: [otherJwk(), jwk()], extra: { list: [1, [2], { x: "y" }] } };
    for (let step = 0; step < 8; step++) {
      const text = JSON.stringify(keys);
      const found = answer(keys);
      same(found, answer(text), text);
      found === 1 ? accepted++ : refusedOnes++;
      const objects = objectsIn(keys);
      const target = objects[random(objects.length)];
      const name = Array.isArray(target) ? random(target.length + 1) : names[random(names.length)];
      if (random(3) === 0) delete target[name];
      else target[name] = structuredClone(values[random(values.length)]);
    }
  }
  ok(accepted > 60 && refusedOnes > 60, `both answers are given: ${accepted}, ${refusedOnes}`);
});

function objectsIn(value) {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** A linear congruential generator: the same changes in every runtime. */
function generator(seed) {
  return (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}
