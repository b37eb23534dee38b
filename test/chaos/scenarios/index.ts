import type { Scenario } from '../scenario';
import { apiKilled } from './api-killed';
import { redisFlushed } from './redis-flushed';
import { workerKilled } from './worker-killed';

/** Every scenario there is, in the order of docs/reliability.md. */
export const SCENARIOS: readonly Scenario[] = [apiKilled, workerKilled, redisFlushed];
