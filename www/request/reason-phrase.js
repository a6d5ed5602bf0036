// The words beside the status codes with which a gate answers (RFC 9110 section 15).

const PHRASES = {
  200: "OK", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
  405: "Method Not Allowed", 408: "Request Timeout", 413: "Content Too Large", 502: "Bad Gateway",
  503: "Service Unavailable",
};

export function reasonPhrase(status) {
  return PHRASES[status] ?? "";
}
