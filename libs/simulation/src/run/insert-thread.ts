import { workerData } from 'node:worker_threads';
import type { RuleSet } from '../contracts/simulation-options';
import type { StoreLimits, StoreLocation } from '../stores/store';
import { openStore, StoreConnections } from '../stores/store-connections';
import { type InsertResult, insertRow, type RoutedRow, storesOfRow } from './insert-row';
import { type SharedBuffers, SharedRunState } from './shared-run-state';

// The file that each writer thread runs: it loads the drivers and nothing of Nest or TypeORM, which would take longer than a run.

/** What a thread gets when it starts. */
export interface ThreadData {
  locations: ReadonlyMap<string, StoreLocation>;
  limits: StoreLimits;
  connectionsMax: number;
  rules: RuleSet;
  delayMs: number;
  shared: SharedBuffers;
}

export interface ThreadTask {
  index: number;
  routed: RoutedRow;
}

export interface ThreadResult extends InsertResult {
  worker: number;
  /** By the clock of `process.hrtime`, which all threads of a process share. */
  startedAt: bigint;
  endedAt: bigint;
}

let thread: { number: number; state: SharedRunState; connections: StoreConnections } | undefined;

/** Makes one attempt. The connection is there before its time begins, unless it cannot be had. */
export default async function attempt({ index, routed }: ThreadTask): Promise<ThreadResult> {
  const data: ThreadData = workerData;
  const { number, state, connections } = (thread ??= startThread(data));
  state.enter(index, number);
  try {
    const tookUpAt = process.hrtime.bigint();
    const isConnected = await connections.use(storesOfRow(routed)).then(
      () => true,
      () => false,
    );
    const gateOpenedAt = state.passGate();
    const startedAt = gateOpenedAt ?? (isConnected ? process.hrtime.bigint() : tookUpAt);
    state.countValidation();
    const result = await insertRow(routed, (names) => connections.use(names), data);
    return { ...result, worker: number, startedAt, endedAt: process.hrtime.bigint() };
  } finally {
    state.leave(index);
  }
}

/** Closes the thread's connections. */
export async function close(): Promise<void> {
  await thread?.connections.close();
}

function startThread({ shared, locations, limits, connectionsMax }: ThreadData) {
  const state = new SharedRunState(shared);
  const open = async (name: string) => {
    const location = locations.get(name);
    if (!location) throw new Error(`There is no store ${name}.`);
    return openStore(name, location, limits);
  };
  return { number: state.nextThread(), state, connections: new StoreConnections(open, connectionsMax) };
}
