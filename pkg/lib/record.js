// Objects whose members come from outside.

/**
 * The same members on an object that inherits nothing: `claims.constructor` is `undefined` unless the token
 * says otherwise, and a member named "__proto__" is a member like any other.
 */
export function withoutPrototype(members) {
  return { __proto__: null, ...members };
}
