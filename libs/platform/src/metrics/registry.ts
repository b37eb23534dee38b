import { collectDefaultMetrics, Registry } from 'prom-client';

/** All metrics of this process. A lib registers its own beside the code that counts. */
export const registry = new Registry();

let collecting = false;

/** Adds Node's own figures (memory, event loop, garbage collection) to the registry, once. */
export function collectProcessMetrics(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics({ register: registry });
}
