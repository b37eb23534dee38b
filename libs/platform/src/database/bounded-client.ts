import { Client } from 'pg';
import { NO_ANSWER } from './sql-state';

/** The server took a statement and said nothing for too long: nobody knows what became of it. */
export class NoAnswerError extends Error {
  readonly code = NO_ANSWER;

  constructor(timeoutMs: number) {
    super(`The database did not answer within ${timeoutMs} ms.`);
  }
}

/** One function behind the eight overloads that the driver declares. */
type AnyClient = new (config?: unknown) => {
  connection: { stream: { destroy(error: Error): void } };
  query(...given: unknown[]): unknown;
};

/**
 * A connection whose statements do not wait for ever. The server's own timeouts do not help when the server is frozen or its
 * host vanished without a reset. node-postgres has `query_timeout`, but leaves the connection as it is: back in the pool, it
 * would keep the next one waiting for the same answer. Here the connection is destroyed, and everything that follows from a lost
 * connection follows.
 */
export function boundedClient(queryTimeoutMs: number): typeof Client {
  if (queryTimeoutMs === 0) return Client;
  class BoundedClient extends (Client as unknown as AnyClient) {
    override query(...given: unknown[]): unknown {
      const timer = setTimeout(() => this.connection.stream.destroy(new NoAnswerError(queryTimeoutMs)), queryTimeoutMs);
      const answered = () => clearTimeout(timer);
      const callback = given.at(-1);
      if (typeof callback === 'function')
        return super.query(...given.slice(0, -1), (...result: unknown[]) => {
          answered();
          callback(...result);
        });
      const result = super.query(...given);
      if (result instanceof Promise) result.then(answered, answered);
      return result;
    }
  }
  return BoundedClient as unknown as typeof Client;
}
