import { Client } from 'pg';

/** A database of one measurement: fresh, and gone afterwards. */
export interface BenchDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** Runs work on a connection of its own. */
export async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export const urlOf = (server: string, database: string) =>
  Object.assign(new URL(server), { pathname: `/${database}` }).href;

/** Makes the database, empty. One that is there already is removed. */
export async function createDatabase(server: string, name: string): Promise<string> {
  await withClient(server, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  });
  return urlOf(server, name);
}

/** A copy of a template, with everything written to disk: each measurement begins with the same empty log. */
export async function copyDatabase(server: string, template: string, name: string): Promise<BenchDatabase> {
  const onServer = (...statements: string[]) =>
    withClient(server, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  const drop = () => onServer(`drop database if exists ${name} with (force)`);
  await drop();
  await onServer(`create database ${name} template ${template}`, 'checkpoint');
  return { url: urlOf(server, name), drop };
}
