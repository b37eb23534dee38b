import type { FastifyInstance } from 'fastify';

interface Route {
  path: RegExp;
  methods: Set<string>;
}

/** Which methods a path has: what a 405 must say, and what tells it from a 404. */
export class RouteTable {
  private readonly routes = new Map<string, Route>();

  constructor(fastify: Pick<FastifyInstance, 'addHook'>) {
    fastify.addHook('onRoute', ({ url, method }) => this.add(url, [method].flat()));
  }

  /** The methods that some route has for this path, in alphabetical order; none for a path that nobody knows. */
  methodsOf(path: string): string[] {
    const bare = withoutTrailingSlash(path);
    const found = [...this.routes.values()].filter((route) => route.path.test(bare));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }

  private add(url: string, methods: readonly string[]): void {
    const pattern = withoutTrailingSlash(url);
    const route = this.routes.get(pattern) ?? { path: toRegExp(pattern), methods: new Set() };
    for (const method of methods) route.methods.add(method);
    this.routes.set(pattern, route);
  }
}

/** `/orders/:order_id/status` matches one segment at `:order_id`; `*` matches any rest. */
function toRegExp(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((segment) => {
      if (segment.startsWith(':')) return '[^/]+';
      return segment.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
