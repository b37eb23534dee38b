import { defineEvent, defineTick } from '@app/messaging';
import { z } from 'zod';

export const simulationRunPayload = z.object({ run_id: z.uuid() });
export type SimulationRunPayload = z.infer<typeof simulationRunPayload>;

/** A run is stored, or was put back, and waits for a worker. */
export const SimulationRunQueued = defineEvent('simulation_run.queued.v1', simulationRunPayload);
/** Time to look for runs whose worker is gone. */
export const SweepStaleRunsDue = defineTick('sweep_stale_runs');
