import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LongList } from './json-limits';
import { AddRouteConfig } from '../access/route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    bodyBytesMax?: number;
    longList?: LongList;
  }
}

/** Lets this route take larger bodies than the others, of which one list may be long. */
export function BodyLimit(bodyBytesMax: number, longList: LongList) {
  return AddRouteConfig({ bodyBytesMax, longList });
}

/** Nest hands a route's configuration on, but none of its options. Before the first route is added. */
export function addBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const bodyBytesMax = route.config?.bodyBytesMax;
    if (bodyBytesMax !== undefined) route.bodyLimit = bodyBytesMax;
  });
}

/** The list that may be long in a body of this request, if its route has one. */
export function longListOf({ routeOptions }: FastifyRequest): LongList | undefined {
  return routeOptions.config.longList;
}
