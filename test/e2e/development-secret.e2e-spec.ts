import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp, until } from '../support/processes';

describe('an api that anybody can reach', () => {
  let database: TestDatabase;
  let api: RunningApp | undefined;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterEach(() => api?.stop('SIGKILL'));
  afterAll(() => database?.drop());

  const said = async (environment: Record<string, string>) => {
    api = await startApp('api', { DATABASE_URL: database.url, LOG_LEVEL: 'info', ...environment });
    const lines = () => api!.logged().map(({ level, msg }) => ({ level, msg }));
    await until(async () => lines().some(({ msg }) => msg === 'api.started'));
    return lines().filter(({ msg }) => msg.startsWith('config.development_secret'));
  };

  it('warns when it signs with the secret that everybody can read', async () => {
    expect(await said({ NODE_ENV: 'development' })).toEqual([
      {
        level: 'warn',
        msg: expect.stringMatching(/SECRET_KEY is not set.*Set SECRET_KEY and NODE_ENV=production/),
      },
    ]);
  }, 90_000);

  it('does not when it has one of its own', async () => {
    expect(await said({ NODE_ENV: 'development', SECRET_KEY: 'only-this-test-knows-it' })).toEqual([]);
  }, 90_000);
});
