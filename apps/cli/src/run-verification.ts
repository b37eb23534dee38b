import { staleAfterMinutes } from '@app/orders';
import { checkInvariants, type Config, type InvariantResult, withDataSource } from '@app/platform';
import { allInvariants } from './contexts';
import { Progress } from './progress';

/** Checks the configured database and shows what it is looking at. Throws the signal's reason when it is interrupted. */
export async function runVerification(
  config: Config,
  options: { quiescent?: boolean; signal: AbortSignal },
): Promise<InvariantResult[]> {
  const progress = new Progress();
  try {
    // A check of a large table says nothing for minutes.
    return await withDataSource({ ...config, DB_QUERY_TIMEOUT_MS: 0 }, 'cli', (dataSource) =>
      checkInvariants(dataSource, allInvariants(staleAfterMinutes(config)), {
        ...options,
        onCheck: ({ id, name }) => progress.show(`Checking ${id}: ${name}`),
      }),
    );
  } catch (error) {
    // The statement that was running was cancelled for it.
    options.signal.throwIfAborted();
    throw error;
  } finally {
    progress.clear();
  }
}

export function allHold(results: readonly InvariantResult[]): boolean {
  return results.every(({ holds }) => holds);
}
