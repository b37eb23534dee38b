import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, runCli, runProgram } from '../support/cli';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';

describe('a command of the cli', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-cli-'));
    const app = await contexts(database.config);
    await someProducts(app, [10, 10]);
    await app.close();
  });
  afterAll(async () => {
    await database?.drop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const cli = (...args: string[]): Promise<CommandResult> => runCli(database.url, args);
  const products = async () => (await database.query('select from products.products')).length;

  it.each([
    ['verify'],
    ['backup', 'orders.sql.gz'],
    ['reconcile-stock'],
    ['dead-letters', 'list'],
    ['migrate', 'status'],
  ])('that looks makes no database where there is none: %s %s', async (...args) => {
    const DATA_DIR = join(folder, 'nothing-here');
    const result = await runProgram('node', ['scripts/run.mjs', 'cli', ...args.filter(Boolean)], { DATA_DIR });
    expect(result).toMatchObject({ code: 1, output: expect.stringContaining('There is no database') });
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  it.each([
    ['seed-demo', '--clear'],
    ['restore', 'orders.sql.gz', '--replace'],
  ])('that erases does not without being asked, and says what: %s', async (...args) => {
    const { code, output } = await cli(...args);
    expect(code).toBe(1);
    expect(output).toMatch(/all \d+ rows of the database "\w+" on [\w.]+:\d+\? Nobody can be asked here: .* --yes/);
    expect(await products()).toBe(2);
  });

  it.each([
    [['dead-letters', 'show', 'abc'], /Give an id from the list/],
    [['dead-letters', 'replay', 'abc'], /Give an id from the list/],
    [['backup', '-'], /to a file, not to standard output/],
    [['reconcile-stock', '--product', '99999'], /1 of the products given do not exist/],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { code, output } = await cli(...args);
    expect(code).toBe(1);
    expect(output).toMatch(sentence);
    expect(existsSync('-')).toBe(false);
  });

  it('tells its version', async () => {
    expect(await cli('--version')).toMatchObject({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('erases when it is told to with --yes', async () => {
    expect(await cli('seed-demo', '--clear', '--yes', '--products', '1')).toMatchObject({ code: 0 });
    expect(await products()).toBe(1);
  });
});
