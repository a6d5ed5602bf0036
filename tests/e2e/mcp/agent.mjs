// The user agent of the authorization code grant: it keeps cookies, follows redirects, and comes back with the
// address that the client is to be called at. Nobody listens there: what counts is the address.

const MOST_REDIRECTS = 10;

/** Goes to `url` and on from there until it is sent to `redirectUri`; gives that address with its query. */
export async function followed(url, redirectUri, cookies = new Map()) {
  let address = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(address, { redirect: "manual", headers: cookie === "" ? {} : { cookie } });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const location = response.headers.get("location");
    if (location === null) throw new Error(`${new URL(address).pathname} answered ${response.status}: ${await response.text()}`);
    address = new URL(location, address);
    if (address.href.startsWith(redirectUri)) return address;
  }
  throw new Error(`more than ${MOST_REDIRECTS} redirects from ${url}`);
}

function keep(cookies, line) {
  const [, name, value] = /^([^=]+)=([^;]*)/u.exec(line);
  if (value === "") cookies.delete(name);
  else cookies.set(name, value);
}
