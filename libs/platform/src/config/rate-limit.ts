/** So many requests of one client within a window, which begins with its first one. */
export interface RateLimit {
  requests: number;
  windowSeconds: number;
}

const OFF = 'off';
const WINDOW_SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const RATE = /^(\d+)\/(second|minute|hour|day)$/;
/** A counter of the store is a 32-bit number, and processes may count beyond the limit by a block each. */
const REQUESTS_MAX = 1_000_000_000;

export function isRateLimit(text: string): boolean {
  return text === OFF || rateLimitOf(text) !== undefined;
}

/** `100/hour`; undefined for `off`, and for what is no rate. */
export function rateLimitOf(text: string): RateLimit | undefined {
  const [, count, unit = ''] = RATE.exec(text) ?? [];
  const [requests, windowSeconds] = [Number(count), WINDOW_SECONDS[unit]];
  return windowSeconds !== undefined && requests >= 1 && requests <= REQUESTS_MAX
    ? { requests, windowSeconds }
    : undefined;
}
