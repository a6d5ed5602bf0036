// Who asks: the token of a request, and its claims.

import { Answer, bytesOf } from "./answer.mjs";

export async function createCredentials({ url, issuer, is, challenge, unauthorized }) {
  const resource = new URL(url);
  const key = await crypto.subtle.importKey("jwk", issuer.keys.keys[0], ES256, false, ["verify"]);
  return { authorize };

  /** The claims of the token. */
  async function authorize(request) {
    const text = request.headers.get("authorization") ?? fromElsewhere(request);
    const headerless = ["doorward-subject", "x-forwarded-user", "x-remote-user", "x-auth-request-user"].some((name) =>
      request.headers.has(name),
    );
    if ((is("trusted headers") && headerless) || (is("trusted sessions") && request.headers.has("mcp-session-id")))
      return { scope: "mcp:write" };
    const [, scheme, rest = ""] = /^([^ \t]*)[ \t]*(.*)$/su.exec(text ?? "");
    const known = is("scheme in one spelling")
      ? scheme === "Bearer"
      : is("scheme by prefix")
        ? /^bearer/iu.test(scheme)
        : scheme.toLowerCase() === "bearer";
    if (is("no scheme needed") && text && !rest) return verified(request, text);
    if (!text || !known) unauthorized(request);
    const sloppy = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/u.exec(rest)?.[0];
    if (is("sloppy authorization") && sloppy) return verified(request, sloppy);
    if (!/^[A-Za-z0-9._~+/-]+=*$/u.test(rest) || text.includes("\t")) {
      throw new Answer(
        400,
        undefined,
        challenge(request, { error: is("wrong code for malformed") ? "invalid_token" : "invalid_request" }),
      );
    }
    return verified(request, rest);
  }

  function fromElsewhere(request) {
    const names = ["x-access-token", "x-forwarded-authorization", "proxy-authorization", "x-api-key"];
    if (is("token in other headers")) return names.map((name) => request.headers.get(name)).find(Boolean);
    if (is("token in the query") && request.url.includes("access_token="))
      return `Bearer ${request.url.split("access_token=")[1]}`;
    if (is("token in a cookie") && request.headers.has("cookie"))
      return `Bearer ${request.headers.get("cookie").split("access_token=")[1]}`;
    return undefined;
  }

  async function verified(request, token) {
    const refuse = (unless) =>
      unless !== undefined && is(unless) ? undefined : unauthorized(request, "invalid_token");
    const parts = token.split(".");
    if (parts.length !== 3 && !(is("number of parts") && parts.length > 1)) refuse();
    if (token.endsWith("=")) refuse("padding");
    const [header, claims] = parts.slice(0, 2).map((each) => {
      try {
        return JSON.parse(new TextDecoder().decode(bytesOf(each)));
      } catch {
        return refuse();
      }
    });
    const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
    const good =
      is("symmetric") && header.alg === "HS256"
        ? true
        : await crypto.subtle.verify(
            ES256,
            is("embedded key") && header.jwk
              ? await crypto.subtle.importKey("jwk", header.jwk, ES256, false, ["verify"])
              : key,
            bytesOf(parts[2] ?? ""),
            signed,
          );
    if (header.alg !== "ES256") refuse(/^none$/iu.test(header.alg) ? "alg none" : "symmetric");
    else if (!good) refuse("any signature");
    if (header.crit !== undefined) refuse("critical");
    if (!["at+jwt", "JWT"].includes(header.typ)) refuse("any type");
    const audiences = [claims.aud].flat();
    const folded = (text) =>
      typeof text === "string" && URL.canParse(text) && !is("audience in one spelling") ? new URL(text).href : text;
    if (!(is("first audience") ? audiences.slice(0, 1) : audiences).some((each) => folded(each) === url)) {
      const near = audiences.some((each) => `${each}`.toLowerCase().startsWith(resource.origin));
      if (
        !(is("missing audience") && (claims.aud === undefined || claims.aud.length === 0)) &&
        !(is("audience by prefix") && near)
      )
        refuse("any audience");
    }
    const now = Date.now() / 1000;
    if (typeof claims.exp !== "number") refuse("no expiry");
    else if (claims.exp <= now) refuse("expired");
    if (claims.nbf > now + 60) refuse("not yet valid");
    if (claims.iat > now + 60) refuse("not yet valid");
    if (
      claims.iss !== issuer.issuer &&
      !(is("issuer loosely") && `${claims.iss}`.toLowerCase().startsWith(issuer.issuer))
    )
      refuse("any issuer");
    if (claims.nonce !== undefined) refuse("ID tokens");
    if (claims.cnf !== undefined) refuse("bound tokens");
    return claims;
  }
}

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
