import { AsyncLocalStorage } from 'node:async_hooks';

/** Who asked for the work that is running now; follows it through promises, the outbox and the queue. */
export interface RequestContext {
  requestId: string;
  /** `api`, `worker`, `scheduler`, `cli`, later the principal's name. */
  actor: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` with this context: every log line inside carries its request id. */
export function withRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the running work, if it has one. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}
