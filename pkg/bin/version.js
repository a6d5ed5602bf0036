// Which version this is, in the code: to read package.json, Deno would need a permission.

export const VERSION = "0.1.0";

/** The address of a page of this version's documentation. */
export function documentation(page) {
  return `https://unpkg.com/doorward@${VERSION}/docs/${page}`;
}
