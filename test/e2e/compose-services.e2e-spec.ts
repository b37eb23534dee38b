import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, type TestDatabase } from '../support/database';
import { type ComposeService, readComposeFile } from '../support/compose-file';
import { freePort, until } from '../support/processes';
import { itWithRedis } from '../support/redis';

const ROOT = join(__dirname, '../..');
/** The whole journey of an order needs no pauses, and asks more often than a client may. */
const ENV_FILE = { SIMULATED_DELAY_MS_MIN: '0', SIMULATED_DELAY_MS_MAX: '0', API_ANON_RATE_LIMIT: 'off' };
/** Where the processes listen, by their service. */
const PORTS = { api: 'PORT', worker: 'WORKER_PORT', scheduler: 'SCHEDULER_PORT' } as const;

const hasClient = spawnSync('pg_isready', ['--version']).error === undefined;
if (!hasClient && process.env.REQUIRE_PG_ISREADY === '1')
  throw new Error('REQUIRE_PG_ISREADY is 1, but there is no pg_isready: install it (Debian: postgresql-client).');
/** A test that needs the client programs of Postgres, of any version. */
const itWithClient = hasClient ? it : it.skip;

/**
 * What docker compose would run, as processes of this machine: the commands, the environment and the health checks of the file. Only
 * addresses are others, as there is no network of containers: `moved` replaces them in every text.
 */
describe('the services of docker-compose.yml', () => {
  const { services } = readComposeFile({
    SECRET_KEY: randomBytes(32).toString('hex'),
    ALLOWED_HOSTS: 'localhost',
  });
  const running: { child: ChildProcess; output: () => string }[] = [];
  const moved = new Map<string, string>();
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await emptyDatabase();
    folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-compose-'));
  });
  afterAll(async () => {
    for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL');
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const here = (text: string) => [...moved].reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const environmentOf = (service: ComposeService) => ({
    PATH: process.env.PATH,
    ...ENV_FILE,
    ...Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, here(value)])),
  });
  const start = (service: ComposeService, cwd = ROOT, more: string[] = []) => {
    const [program, ...parameters] = service.command;
    const child = spawn(program!, [...parameters, ...more], {
      cwd,
      env: environmentOf(service),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const started = { child, output: () => output };
    running.push(started);
    return started;
  };
  /** The exit code of the health check, as docker would run it. */
  const healthOf = (service: ComposeService, more: string[] = []) => {
    const [kind, ...words] = service.healthcheck!.test;
    const [program, ...parameters] = kind === 'CMD' ? words : ['sh', '-c', words[0]!];
    return new Promise<number>((resolve) => {
      const check = execFile(program!, [...more, ...parameters.map(here)], { env: environmentOf(service) });
      check.on('exit', (code) => resolve(code ?? -1));
    });
  };
  /** A command of the image beside the services, as the runbook runs it; what it printed. */
  const cli = (words: string[], input = '') => {
    const [program, ...parameters] = services.migrate!.command.slice(0, -1);
    const { status, stdout, stderr } = spawnSync(program!, [...parameters, ...words], {
      cwd: ROOT,
      env: environmentOf(services.migrate!),
      input,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };
  let credential: Record<string, string> = {};
  const json = async (path: string, body?: object) => {
    const headers = { ...credential, 'content-type': 'application/json' };
    const sent = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers: credential };
    const answer = await fetch(`http://localhost:${moved.get(':8000')!.slice(1)}${path}`, sent);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  itWithClient('ask Postgres for its health over TCP, in a way that it understands', async () => {
    const server = new URL(database.url);
    const addressed = (host: string) => moved.set('--host=127.0.0.1', `--host=${host} --port=${server.port}`);
    addressed(server.hostname);
    expect(await healthOf(services.postgres!)).toBe(0);
    addressed('127.0.0.99');
    expect(await healthOf(services.postgres!)).not.toBe(0);
  });

  itWithRedis(
    'start in the order of the file, are healthy, deliver an order, and stop in time',
    async () => {
      const { redis, migrate } = services as Record<string, ComposeService>;
      moved.set(services.migrate!.environment.DATABASE_URL!, database.url);
      const redisPort = await freePort();
      moved.set('redis://redis:6379', `redis://127.0.0.1:${redisPort}`);
      start(redis!, folder, ['--port', String(redisPort), '--bind', '127.0.0.1']);
      await until(async () => (await healthOf(redis!, ['-p', String(redisPort)])) === 0);

      const migration = start(migrate!);
      await once(migration.child, 'exit');
      expect([migration.child.exitCode, migration.output()]).toEqual([0, expect.stringContaining('applied')]);

      for (const [name, variable] of Object.entries(PORTS)) {
        const service = services[name]!;
        const port = service.environment[variable]!;
        const free = await freePort();
        moved.set(`:${port}`, `:${free}`);
        service.environment[variable] = String(free);
        expect([name, await healthOf(service)]).toEqual([name, 1]);
        const app = start(service);
        await until(async () => {
          if (app.child.exitCode !== null) throw new Error(`${name} did not start:\n${app.output()}`);
          return (await healthOf(service)) === 0;
        });
      }

      // Containers run in production, where nobody is let in without a credential.
      expect((await json('/api/v1/products/')).status).toBe(401);
      cli(['create-user', 'ada', '--role', 'admin', '--password-stdin'], 'a long password of hers');
      const permissions = 'products:write,orders:read,orders:write';
      const made = cli(['create-api-key', 'ada', '--name', 'first steps', '--permissions', permissions, '--json']);
      const { key } = JSON.parse(made) as { key: string };
      credential = { 'x-api-key': key };
      const product = { name: 'Laptop', sku: 'LAP-1', price: '10.00', initial_stock: 5 };
      const { status, body } = await json('/api/v1/products/', product);
      expect([status, body]).toEqual([201, expect.objectContaining({ id: 1 })]);
      const order = {
        customer_name: 'Ada',
        customer_email: 'ada@example.com',
        items: [{ product_id: 1, quantity: 1 }],
      };
      const placed = await json('/api/v1/orders/', order);
      expect(placed.status).toBe(201);
      const path = `/api/v1/orders/${String(placed.body.order_id)}/`;
      await until(async () => (await json(path)).body.status === 'delivered');
      const checks = async () => (await json('/health/')).body.checks as Record<string, { status: string }>;
      await until(async () => {
        const { database: postgres, queue, workers, scheduler } = await checks();
        return [postgres, queue, workers, scheduler].every((check) => check?.status === 'healthy');
      });

      const processes = running.slice(2);
      const stopped = processes.map(({ child }) => once(child, 'exit'));
      for (const { child } of processes) child.kill('SIGTERM');
      await Promise.all(stopped);
      expect(processes.map(({ child }) => child.exitCode)).toEqual([0, 0, 0]);
    },
    120_000,
  );
});
