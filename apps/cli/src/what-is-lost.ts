import { type Config, countRows, withDataSource } from '@app/platform';
import { CONTEXTS } from './contexts';
import { grouped } from './options';

/** What the configured database holds and where it is, for whoever is asked whether all of it may be removed. */
export async function whatIsLost(config: Config): Promise<string> {
  const { host, pathname } = new URL(config.databaseUrl);
  const rows = await withDataSource(
    { ...config, DB_QUERY_TIMEOUT_MS: 0, DB_STATEMENT_TIMEOUT_MS: 0 },
    'cli',
    (source) =>
      countRows(
        source,
        CONTEXTS.map(({ context }) => context),
      ),
  );
  return `${grouped(rows)} rows of the database "${decodeURIComponent(pathname.slice(1))}" on ${host}`;
}
