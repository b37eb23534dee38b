import type { Scenario } from '../scenario';
import { apiKilled } from './api-killed';
import { backendsTerminated } from './backends-terminated';
import { commitOutcomeUnknown } from './commit-outcome-unknown';
import { contentionForced } from './contention-forced';
import { contestOnOneOrder } from './contest-on-one-order';
import { crossingBuyers } from './crossing-buyers';
import { messagesDisordered } from './messages-disordered';
import { poisonJob } from './poison-job';
import { poolExhausted } from './pool-exhausted';
import { postgresFrozen } from './postgres-frozen';
import { postgresRestarted } from './postgres-restarted';
import { redisFlushed } from './redis-flushed';
import { redisFrozen } from './redis-frozen';
import { redisFull } from './redis-full';
import { redisKilled } from './redis-killed';
import { relayKilled } from './relay-killed';
import { rollingRestart } from './rolling-restart';
import { schedulerKilled } from './scheduler-killed';
import { stoppedWithoutServers } from './stopped-without-servers';
import { workerKilled } from './worker-killed';

/** Every scenario there is, in the order of docs/reliability.md. */
export const SCENARIOS: readonly Scenario[] = [
  apiKilled,
  commitOutcomeUnknown,
  workerKilled,
  poisonJob,
  relayKilled,
  schedulerKilled,
  redisKilled,
  redisFlushed,
  redisFrozen,
  redisFull,
  postgresRestarted,
  backendsTerminated,
  postgresFrozen,
  poolExhausted,
  contentionForced,
  messagesDisordered,
  rollingRestart,
  stoppedWithoutServers,
  contestOnOneOrder,
  crossingBuyers,
];
