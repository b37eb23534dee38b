import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema';

export interface ClientOptions {
  /** Such as `http://localhost:8000`, without a slash at its end. */
  baseUrl: string;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** In place of the global one, e.g. to retry or to trace. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * `client.GET('/api/v1/orders/{order_id}/', { params: { path: { order_id } } })`: paths, parameters, bodies and answers are those of
 * docs/openapi.json, so that what the API does not have is an error of the compiler. Resolves with `data`, or with `error`, the
 * problem; rejects only when there is no answer.
 */
export type ApiClient = Client<paths, `${string}/${string}`>;

export function createClient({ baseUrl, headers, fetch: send = fetch }: ClientOptions): ApiClient {
  return createFetchClient<paths>({
    baseUrl,
    headers,
    Request: Call as unknown as typeof Request,
    fetch: (call) => {
      if (!(call instanceof Call)) throw new TypeError('The request was not made by this client');
      return send(call.url, call.init);
    },
  });
}

/** Stands in for Request, which nobody needs here: in Node 20 it costs 80 µs, the whole rest of a call 200. */
class Call {
  constructor(
    readonly url: string,
    readonly init: RequestInit,
  ) {}
}
