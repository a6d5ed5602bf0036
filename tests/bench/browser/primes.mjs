// Many RSA keys from few primes. To generate each would take longer than all that is measured. They share their
// primes, and so protect nothing; whoever verifies sees only that the moduli differ.

const PUBLIC_EXPONENT = 65_537n;

/** So many private JWKs of 2048 bits, from primes that `generate()` gives two by two in a private JWK. */
export async function rsaKeys(count, generate) {
  const pairs = Math.ceil((1 + Math.sqrt(1 + 8 * count)) / 4); // m primes are m (m - 1) / 2 keys
  const generated = await Promise.all(Array.from({ length: pairs }, generate));
  const primes = generated.flatMap(({ p, q }) => [integer(p), integer(q)]);
  const keys = [];
  for (const [at, one] of primes.entries()) {
    for (const other of primes.slice(0, at)) keys.push(() => rsaKey(one, other));
  }
  return keys.slice(0, count).map((make) => make());
}

/** The parameters of RFC 8017 section 3.2. */
function rsaKey(one, other) {
  const [p, q] = one > other ? [one, other] : [other, one];
  const d = inverse(PUBLIC_EXPONENT, (p - 1n) * (q - 1n));
  return {
    kty: "RSA",
    n: text(p * q),
    e: text(PUBLIC_EXPONENT),
    d: text(d),
    p: text(p),
    q: text(q),
    dp: text(d % (p - 1n)),
    dq: text(d % (q - 1n)),
    qi: text(inverse(q, p)),
  };
}

/** By the extended algorithm of Euclid. */
function inverse(value, modulus) {
  let [rest, nextRest] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (nextRest > 0n) {
    const quotient = rest / nextRest;
    [rest, nextRest] = [nextRest, rest - quotient * nextRest];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}

/** Base64urlUInt (RFC 7518 section 2), which JWKs have their numbers in. */
function integer(base64url) {
  const bytes = [...atob(base64url.replaceAll("-", "+").replaceAll("_", "/"))];
  return BigInt(`0x${bytes.map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("")}`);
}

function text(value) {
  const digits = value.toString(16);
  const pairs = digits.padStart(digits.length + (digits.length % 2), "0").match(/../gu);
  const bytes = pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join("");
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
