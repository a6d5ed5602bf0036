// A small resource server, right in everything that the suite asks, and wrong in one thing if so wished: for the test
// of the suite. No model for a real one: it knows one kind of key, and keeps it.

import { Answer } from "./answer.mjs";
import { createCredentials } from "./credentials.mjs";
import { createOperations } from "./operations.mjs";

/** Gives `(request) => Promise<Response>`. `is(fault)` says whether the server has a fault. */
export async function createStub({ url, issuer, allowedOrigin, maxBodyBytes }, is = () => false) {
  const resource = new URL(url);
  const metadataUrl = `${resource.origin}/.well-known/oauth-protected-resource${resource.pathname}`;

  const { authorize } = await createCredentials({ url, issuer, is, challenge, unauthorized });
  const { judge } = createOperations({ maxBodyBytes, is, challenge });

  return async (request) => {
    try {
      return responseOf(await handle(request), request);
    } catch (thrown) {
      if (thrown instanceof Answer) return responseOf(thrown, request);
      throw thrown;
    }
  };

  function responseOf({ status, body, headers = {} }, request) {
    const origin = request.headers.get("origin");
    const cors =
      origin === allowedOrigin || is("reflected origin")
        ? {
            "access-control-allow-origin": origin ?? "*",
            ...(is("hidden challenge") ? {} : { "access-control-expose-headers": "WWW-Authenticate" }),
          }
        : {};
    const text = body === undefined || request.method === "HEAD" ? null : JSON.stringify(body);
    return new Response(text, { status, headers: { "content-type": "application/json", ...cors, ...headers } });
  }

  function challenge(request, parameters) {
    const host = is("host header")
      ? (request.headers.get("x-forwarded-host") ??
        request.headers.get("forwarded") ??
        request.headers.get("x-original-host") ??
        new URL(request.url).host)
      : resource.host;
    const all = {
      ...(is("no metadata") ? {} : { resource_metadata: metadataUrl.replace(resource.host, host) }),
      scope: "mcp:read",
      ...parameters,
    };
    if (is("no scope")) delete all.scope;
    if (is("offline access")) all.scope += " offline_access";
    if (is("wrong characters")) Object.assign(all, { scope: "mcp:read  ", error_description: 'a \\"b\\"' });
    const written = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
    if (is("parameter twice")) written.push(written[0]);
    return { "www-authenticate": is("ungrammatical") ? `Bearer ${written.join(" ")}` : `Bearer ${written.join(", ")}` };
  }

  async function handle(request) {
    const { pathname } = new URL(request.url);
    const origin = request.headers.get("origin");
    if (pathname.startsWith("/.well-known/oauth-protected-resource")) return metadata(request, pathname);
    if (pathname !== resource.pathname && !(is("loose paths") && /mcp/iu.test(decodeURI(pathname)))) {
      throw new Answer(is("open elsewhere") ? 200 : 404);
    }
    const method = is("method override") ? overridden(request) : request.method;
    if (origin !== null && origin !== allowedOrigin && !is("any origin")) {
      if (!(is("origin by prefix") && origin.startsWith(allowedOrigin)) && !(is("null origin") && origin === "null"))
        throw new Answer(403);
    }
    if (method === "OPTIONS") return preflight(origin);
    if (is("other methods open") && method !== "POST") return new Answer(200);
    const claims = await authorize(request);
    if (method === "GET" || method === "DELETE") return new Answer(405);
    if (method !== "POST") throw new Answer(is("other methods open with a token") ? 200 : 405);
    return judge(request, claims);
  }

  function overridden(request) {
    return (
      ["x-http-method-override", "x-http-method", "x-method-override"]
        .map((name) => request.headers.get(name))
        .find(Boolean) ?? request.method
    );
  }

  function preflight(origin) {
    if (origin === null) return new Answer(405);
    return new Answer(204, undefined, {
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": is("no allowed headers")
        ? "*"
        : "authorization, content-type, mcp-protocol-version, mcp-method, mcp-name",
      ...(is("credentials") && { "access-control-allow-credentials": "true" }),
      ...(is("no preflight") && { "access-control-allow-origin": "https://none.example" }),
    });
  }

  function metadata({ method, headers }, pathname) {
    const about = pathname.slice("/.well-known/oauth-protected-resource".length);
    if (is("metadata needs a token") && headers.has("authorization")) throw new Answer(401);
    if (!["", resource.pathname].includes(about) && !is("metadata for anything")) throw new Answer(404);
    if (method !== "GET" && method !== "OPTIONS" && !is("metadata by any method")) throw new Answer(405);
    const cors = is("metadata for no browser")
      ? { "access-control-allow-origin": "https://none.example" }
      : { "access-control-allow-origin": "*", "access-control-allow-headers": "mcp-protocol-version" };
    const document = {
      resource: is("metadata slash")
        ? `${url}/`
        : is("metadata without path")
          ? resource.origin
          : about === "" && !is("root metadata wrong")
            ? resource.origin
            : url,
      authorization_servers: is("no authorization server") ? undefined : [issuer.issuer],
      scopes_supported: is("offline access") ? ["offline_access"] : ["mcp:read"],
      bearer_methods_supported: is("query method") ? ["header", "query"] : ["header"],
      ...(is("empty metadata") && { resource_name: "" }),
    };
    return new Answer(200, document, { ...cors, ...(is("metadata as text") && { "content-type": "text/plain" }) });
  }

  function unauthorized(request, error) {
    const described = error
      ? { error, error_description: "the token is not valid" }
      : is("error without token")
        ? { error: "invalid_token" }
        : {};
    const body = {
      error: error ?? "unauthorized",
      ...(is("tools told") && { tools: ["echo"] }),
      ...(is("token told") && { token: request.headers.get("authorization") }),
    };
    throw new Answer(is("always 403") ? 403 : 401, body, challenge(request, described));
  }
}
