import type { Environment } from './environment';
import { whatIsWeak } from './secret-strength';

/** What is wrong between variables. One that is `wrong` by itself is undefined, and no comparison with it holds. */
export function problemsBetween(environment: Environment, wrong: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  if (environment.NODE_ENV === 'production') problems.push(...productionChecks(environment, wrong));
  problems.push(...issuerProblems(environment, wrong));
  if (environment.SIMULATED_DELAY_MS_MIN > environment.SIMULATED_DELAY_MS_MAX)
    problems.push('SIMULATED_DELAY_MS_MIN: must not be greater than SIMULATED_DELAY_MS_MAX');
  if (environment.SHUTDOWN_DRAIN_MS >= environment.SHUTDOWN_DEADLINE_MS)
    problems.push('SHUTDOWN_DRAIN_MS: must be less than SHUTDOWN_DEADLINE_MS, or running requests are cut off');
  const { DB_QUERY_TIMEOUT_MS: queryTimeoutMs, DB_STATEMENT_TIMEOUT_MS: statementTimeoutMs } = environment;
  if (queryTimeoutMs > 0 && (statementTimeoutMs === 0 || queryTimeoutMs <= statementTimeoutMs))
    problems.push(
      'DB_QUERY_TIMEOUT_MS: must be greater than DB_STATEMENT_TIMEOUT_MS (0 is for ever), or the client gives up a server that ' +
        'is still at work',
    );
  const shortestDeadlineMs =
    Math.min(
      environment.STALE_PENDING_MINUTES,
      environment.STALE_PROCESSING_MINUTES,
      environment.STALE_SHIPPED_MINUTES,
    ) * 60_000;
  if (environment.SIMULATED_DELAY_MS_MAX >= shortestDeadlineMs)
    problems.push(
      'SIMULATED_DELAY_MS_MAX: must be shorter than every STALE_…_MINUTES, or the sweep takes each order for stale',
    );
  return problems;
}

/** A foreign issuer is said with all that belongs to it, or not at all. */
function issuerProblems(environment: Environment, wrong: ReadonlySet<string>): string[] {
  const all = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_ROLES'] as const;
  const missing = all.filter((name) => environment[name] === undefined && !wrong.has(name));
  const isNone = all.every((name) => environment[name] === undefined);
  return isNone ? [] : missing.map((name) => `${name}: is required when another variable of the issuer is set`);
}

/** What a server that strangers reach must not lack. */
function productionChecks(environment: Environment, wrong: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const { SECRET_KEY: secret, ALLOWED_HOSTS: hosts } = environment;
  const weakness = secret === undefined ? 'is required in production' : whatIsWeak(secret);
  if (weakness && !wrong.has('SECRET_KEY'))
    problems.push(`SECRET_KEY: ${weakness}: set a random one, such as \`openssl rand -base64 32\` prints`);
  if (!hosts && !wrong.has('ALLOWED_HOSTS'))
    problems.push('ALLOWED_HOSTS: is required in production: the names under which clients reach the API');
  if (environment.AUTH_MODE === 'open')
    problems.push('AUTH_MODE: must not be open in production, where everybody would be let in');
  return problems;
}
