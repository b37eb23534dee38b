import type { DataSource } from 'typeorm';
import type { AppName } from '../support/processes';
import type { Check } from './checks/check';
import type { FaultWindow } from './checks/check-histories';
import type { QueueDepths } from './checks/queue-depths';
import type { Armament, Deployment } from './processes/deployment';
import type { SeededRandom } from './seeded-random';
import type { PostgresServer } from './servers/postgres-server';
import type { RedisServer } from './servers/redis-server';
import type { ServerPrograms } from './servers/server-programs';
import type { TcpProxy } from './servers/tcp-proxy';
import type { History } from './workload/history';
import type { WorkloadShape, Wish } from './workload/plan-workload';

export type Backend = 'postgres' | 'redis';

/** Everything a fault can reach. */
export interface World {
  backend: Backend;
  random: SeededRandom;
  deployment: Deployment;
  postgres: PostgresServer;
  /** There when the queues are on Redis. */
  redis?: RedisServer;
  /** What the processes believe to be their servers; the last one is this suite's own. */
  lines: { api: TcpProxy; background: TcpProxy; redis?: TcpProxy; supervisor: TcpProxy };
  /** By a line that no fault touches. */
  database: DataSource;
  queues: QueueDepths;
  /** Gives the URL of a second, empty database that no process of the deployment knows. */
  contestDatabase: () => Promise<string>;
  history: History;
  products: readonly number[];
  /** Resolves when all customers have their answers. */
  served: Promise<void>;
  /** Errors are excused while one of these is open; `until` is set when the fault has healed. */
  faults: FaultWindow[];
  signal: AbortSignal;
  say: (text: string) => void;
  /** Whether times are promises in this run, or only shown: a busy machine keeps no time. */
  timed: boolean;
  /** Shown beside the scenario's result. */
  figures: Record<string, number>;
  pause: (ms: number) => Promise<void>;
  /** Waits for it, looking again and again. Throws with `what` when it does not come true. */
  until: (what: string, condition: () => boolean | Promise<boolean>, withinMs?: number) => Promise<void>;
}

/** One kind of misfortune, injected while customers are buying. */
export interface Scenario {
  /** `api-killed` */
  name: string;
  /** Of the numbered list in docs/reliability.md. */
  number: number;
  /** One sentence: what happens. */
  title: string;
  backends: readonly Backend[];
  environment?: (app: AppName) => Record<string, string>;
  workload?: Partial<WorkloadShape> & { unitsPerProduct?: number };
  /** Postgres keeps what it confirmed when it is stopped. */
  stopsPostgres?: boolean;
  armament?: (random: SeededRandom) => Armament;
  /** The customers' wishes, where the usual ones would not meet the misfortune. */
  plan?: (random: SeededRandom, products: readonly number[]) => Wish[];
  /** Customers who send nothing to a process that is not ready, as behind a load balancer. */
  balanced?: boolean;
  /** How long the rest may take after the last fault has healed and the last customer has left. */
  restWithinMs?: number;
  /** Injects the fault and heals it. */
  inject: (world: World) => Promise<void>;
  /** What must hold beyond I1 to I14. */
  check?: (world: World) => Promise<Check[]>;
}

export interface RunOptions {
  scenario: Scenario;
  backend: Backend;
  seed: number;
  programs: ServerPrograms;
  /** With a migrated template; a scenario that stops Postgres gets one of its own. */
  postgres: (durable: boolean) => Promise<PostgresServer>;
  folder: string;
  timed: boolean;
  signal: AbortSignal;
  say: (text: string) => void;
}
