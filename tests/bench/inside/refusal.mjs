// Who takes a token that must be refused does not do the whole job: that is a mistake here and no result.

/** Throws where `verify` takes the token; `what` says what is wrong with it. */
export async function mustRefuse(name, verify, what, token) {
  let claims;
  try {
    claims = await verify(token);
  } catch {
    return;
  }
  throw new Error(`${name} took a token with ${what}: ${JSON.stringify(claims)}`);
}
