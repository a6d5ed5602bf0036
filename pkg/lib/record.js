// Objects whose members come from outside.

/**
 * The object, from now on without a prototype: `claims.constructor` is `undefined` unless the token says otherwise, and
 * a member named "__proto__" is a member like any other. For objects fresh from `JSON.parse`, of which nobody else
 * knows: to copy their members takes longer than to parse them.
 */
export function withoutPrototype(members) {
  return Object.setPrototypeOf(members, null);
}
