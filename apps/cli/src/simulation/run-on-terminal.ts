import { type Config, createLogger } from '@app/platform';
import { type RunListeners, type RunReport, RunSimulation, type SimulationWish } from '@app/simulation';
import { SingleBar } from 'cli-progress';
import type { ConfigFor } from '../config-for';

export interface TerminalRun extends Omit<RunListeners, 'signal'> {
  signal: AbortSignal;
  /** Whether a terminal shows how far the run is. */
  showsProgress?: boolean;
  /** Whether rows get the ids of their data. */
  writesIds?: boolean;
}

/** Runs a simulation for a person: with a bar on a terminal, its log lines on standard error. */
export async function runOnTerminal(
  config: ConfigFor,
  wish: SimulationWish,
  { showsProgress = false, writesIds = true, onAttempt, ...listeners }: TerminalRun,
): Promise<RunReport> {
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {value} of {total} rows, {failed} failed',
    hideCursor: true,
    clearOnComplete: true,
  });
  let failed = 0;
  const simulation = new RunSimulation(simulationConfig(config), logger());
  try {
    return await simulation.execute(
      wish,
      {
        ...listeners,
        onStart: ({ rows }) => showsProgress && bar.start(rows, 0, { failed }),
        onAttempt: (attempt, soFar) => {
          if (attempt.outcome !== 'inserted') failed++;
          bar.update(soFar.ended, { failed });
          onAttempt?.(attempt, soFar);
        },
      },
      { writesIds },
    );
  } finally {
    bar.stop();
  }
}

/** A simulation has databases of its own: the shop's need not be there. */
export function simulationConfig(config: ConfigFor): Config {
  return config({ needsDatabase: false });
}

/** A row that the store or a thread lost makes the command fail; one that a rule refused is a proper result. */
export function exitCodeOf({ attempts }: RunReport): 0 | 1 {
  return attempts.some(({ outcome }) => outcome === 'error') ? 1 : 0;
}

/** Only what is lost, unless somebody asks for more: results are for people, and on standard output. */
function logger() {
  return createLogger({ LOG_LEVEL: 'error', logFormat: 'json' }, 'cli', process.stderr);
}
