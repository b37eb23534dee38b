import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';

const configs = new WeakMap<object, FastifyContextConfig>();

/** Adds to what Fastify is told of a route: Nest's own decorator would replace what another decorator of the same method said. */
export function AddRouteConfig(part: FastifyContextConfig): MethodDecorator {
  return (target, key, descriptor) => {
    const method = descriptor.value;
    if (typeof method !== 'function') throw new TypeError(`${String(key)} is no method.`);
    const config = { ...configs.get(method), ...part };
    configs.set(method, config);
    RouteConfig(config)(target, key, descriptor);
  };
}
