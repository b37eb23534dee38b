import { keysOf } from '../typed-records';
import type { Environment } from './environment';

/** The contexts that can have a database of their own, and the variable that says which. */
const URL_VARIABLES = {
  products: 'PRODUCTS_DATABASE_URL',
  inventory: 'INVENTORY_DATABASE_URL',
  orders: 'ORDERS_DATABASE_URL',
  identity: 'IDENTITY_DATABASE_URL',
  simulation: 'SIMULATION_DATABASE_URL',
} as const satisfies Record<string, keyof Environment>;

export type ContextName = keyof typeof URL_VARIABLES;
export const CONTEXT_NAMES = keysOf(URL_VARIABLES);

/** The database of a context; undefined when nothing says which. Two contexts are in one database when these texts are equal. */
export function contextUrl(environment: Environment, context: ContextName): string | undefined {
  return environment[URL_VARIABLES[context]] ?? sharedUrl(environment);
}

/** What is wrong about the databases of the contexts of a process. What is `wrong` by itself counts as given. */
export function contextProblems(
  environment: Environment,
  contexts: readonly ContextName[],
  wrong: ReadonlySet<string>,
): string[] {
  const urls = contexts.map((context) => contextUrl(environment, context));
  const variables: string[] = contexts.map((context) => URL_VARIABLES[context]);
  if (['DATABASE_URL', 'DB_HOST', ...variables].some((name) => wrong.has(name))) return [];
  if (urls.includes(undefined))
    return ['DATABASE_URL: is required here (or DB_HOST …); `npm start` brings a database of its own'];
  const apart = contexts.find((_, index) => urls[index] !== urls[0]);
  if (apart === undefined) return [];
  return [
    `${URL_VARIABLES[apart]}: must say the same database as ${variables[0]} (DATABASE_URL where one is not set): this process works ` +
      `on ${contexts.join(', ')}, and a process has one database, because its contexts are written in one transaction`,
  ];
}

/** The database of the contexts that have none of their own. */
function sharedUrl(environment: Environment): string | undefined {
  return environment.DATABASE_URL ?? (environment.DB_HOST ? urlFromParts(environment) : undefined);
}

function urlFromParts(environment: Environment): string {
  const url = new URL(
    `postgres://${environment.DB_HOST}:${environment.DB_PORT}/${encodeURIComponent(environment.DB_NAME)}`,
  );
  url.username = encodeURIComponent(environment.DB_USER);
  if (environment.DB_PASSWORD) url.password = encodeURIComponent(environment.DB_PASSWORD);
  return url.href;
}
