// What the provider remembers, in memory and shared by all that take its place: see the adapter of oidc-provider.

/**
 * Gives the class that oidc-provider asks for; `entering` may change what is stored. Nothing expires: no test lasts
 * that long.
 */
export function memory(entering = (_, payload) => payload) {
  const kept = new Map();
  return class {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload) {
      kept.set(`${this.model} ${id}`, entering(this.model, payload));
    }

    async find(id) {
      return kept.get(`${this.model} ${id}`);
    }

    async findByUid(uid) {
      return [...kept].find(([key, payload]) => key.startsWith(`${this.model} `) && payload.uid === uid)?.[1];
    }

    async consume(id) {
      kept.get(`${this.model} ${id}`).consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      kept.delete(`${this.model} ${id}`);
    }

    async revokeByGrantId(grantId) {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
    }
  };
}
