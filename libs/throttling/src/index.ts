export { THROTTLING_MIGRATIONS } from './migrations';
export { type LimitName, RateLimits } from './rate-limits';
export type { Decision } from './request-limiter';
export { ThrottlingModule } from './throttling.module';

/** Means nothing in another database: left out of backups. */
export const THROTTLING_OF_ONE_DATABASE = ['throttling.counters'];
