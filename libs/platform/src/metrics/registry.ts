import { collectDefaultMetrics, type Gauge, Registry } from 'prom-client';

/** All metrics of this process. A lib registers its own beside the code that counts. */
export const registry = new Registry();

let collecting = false;

/** Adds Node's own figures (memory, event loop, garbage collection) to the registry, once. */
export function collectProcessMetrics(): void {
  if (collecting) return;
  collecting = true;
  collectDefaultMetrics({ register: registry });
}

/**
 * Has one read fill some gauges whenever somebody scrapes. A scrape asks all gauges at the same time, so each of them waits for it: a
 * gauge that another one sets would still say what it said at the scrape before. `set` gets nothing when the read fails.
 */
export function collectTogether<Figures>(
  gauges: readonly Gauge[],
  read: () => Promise<Figures>,
  set: (figures: Figures | undefined) => void,
): void {
  let reading: Promise<void> | undefined;
  const collect = (): Promise<void> => {
    reading ??= read()
      .catch(() => undefined)
      .then(set)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  for (const gauge of gauges) Object.assign(gauge, { collect });
}
