import { publish } from '@app/messaging';
import type { Tx } from '@app/platform';
import { SimulationRunQueued } from '../contracts/run-events';
import type { StoredRun } from './stored-run';

/** Sends runs that wait to a worker, with the transaction that lets them wait. */
export async function queueRuns(tx: Tx<'simulation'>, runs: readonly StoredRun[]): Promise<void> {
  await publish(
    tx,
    runs.map(({ id, requestId, starts }) => ({
      event: SimulationRunQueued,
      aggregateId: id,
      aggregateVersion: starts + 1,
      correlationId: requestId,
      payload: { run_id: id },
    })),
  );
}
