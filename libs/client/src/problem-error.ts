import type { components } from './schema';

/** An error as the API says it (RFC 9457). */
export type Problem = components['schemas']['Problem'];

/** The API refused a request, or could not do it. `problem` is undefined when something else answered. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
  ) {
    super(problem ? `${status} ${problem.code}: ${problem.detail}` : `${status} without a problem`);
    this.name = 'ProblemError';
  }
}

/** The data of a success. Throws ProblemError for everything else. */
export async function dataOf<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await answer;
  if (!response.ok) throw new ProblemError(response.status, isProblem(error) ? error : undefined);
  return data as Exclude<Data, undefined>;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}
