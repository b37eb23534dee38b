import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

interface LimitedRoute {
  bodyBytesMax?: number;
}

/** Lets this route take larger bodies than the others. */
export function BodyLimit(bodyBytesMax: number) {
  return RouteConfig({ bodyBytesMax } satisfies LimitedRoute);
}

/** Nest hands a route's configuration on, but none of its options. Before the first route is added. */
export function addBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { bodyBytesMax } = (route.config ?? {}) as LimitedRoute;
    if (bodyBytesMax !== undefined) route.bodyLimit = bodyBytesMax;
  });
}
