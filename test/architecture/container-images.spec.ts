import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchema } from '@app/platform';
import { type ComposeService, readComposeFile } from '../support/compose-file';

const ROOT = join(__dirname, '../..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const SECRET_KEY = 'k'.repeat(32);
const compose = readComposeFile({ SECRET_KEY, ALLOWED_HOSTS: 'localhost' });
const dockerfile = text('Dockerfile');
const services = Object.entries(compose.services);
/** Those that are processes of the product. */
const ours = services.filter(([, { build }]) => build !== undefined);
const PINNED = /@sha256:[0-9a-f]{64}$/;

describe('container images', () => {
  it('are pinned by digest, so that the same files run the same servers', () => {
    const foreign = services.filter(([, { build }]) => build === undefined).map(([, { image }]) => image);
    const images = [...foreign, /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)![1]!];
    expect(images).toHaveLength(3);
    expect(images.filter((image) => !PINNED.test(image))).toEqual([]);
  });

  it('run a line of Node that package.json allows', () => {
    const { engines } = JSON.parse(text('package.json')) as { engines: { node: string } };
    expect(Number(/NODE_IMAGE=node:(\d+)-/.exec(dockerfile)![1])).toBeGreaterThanOrEqual(24);
    expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0');
  });
});

describe('the Dockerfile', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(' '));

  it('copies what is there, and what .dockerignore lets through', () => {
    const letThrough = new Set(
      text('.dockerignore')
        .split('\n')
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1)),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.map((path) => path.replace('./', '')).filter((path) => !letThrough.has(path))).toEqual([]);
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('starts the API unless told otherwise, and exposes the ports that the processes listen on', () => {
    const command = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)![1]!) as string[];
    expect(command).toEqual(compose.services.api!.command);
    const ports = ours.flatMap(([, { environment }]) =>
      Object.entries(environment).flatMap(([name, value]) => (/^(\w+_)?PORT$/.test(name) ? [value] : [])),
    );
    expect(/^EXPOSE (.+)$/m.exec(dockerfile)![1]!.split(' ')).toEqual(ports);
  });
});

describe('the compose file', () => {
  it('hands every setting of .env to every process of the product, and overrides only what containers need', () => {
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'api', 'worker', 'scheduler']);
    for (const [, { env_file: files }] of ours) expect(files).toEqual([{ path: '.env', required: false }]);
    const overridden = new Set(ours.flatMap(([, { environment }]) => Object.keys(environment)));
    expect([...overridden].sort()).toEqual([
      'ALLOWED_HOSTS',
      'DATABASE_URL',
      'NODE_ENV',
      'PORT',
      'REDIS_URL',
      'SCHEDULER_PORT',
      'SECRET_KEY',
      'WORKER_PORT',
    ]);
  });

  it.each(ours)('hands %s nothing but settings that it knows, with values that it takes', (_, { environment }) => {
    expect(environmentSchema.strict().safeParse(environment).error?.issues).toBeUndefined();
  });

  it('does not start without a secret and the names of its hosts, and says so', () => {
    expect(() => readComposeFile({ ALLOWED_HOSTS: 'localhost' })).toThrow('SECRET_KEY: set SECRET_KEY to 32 random');
    expect(() => readComposeFile({ SECRET_KEY })).toThrow('ALLOWED_HOSTS: set ALLOWED_HOSTS to the names');
  });

  it('publishes the ports of the two servers to this machine only, and that of the API', () => {
    expect(services.map(([name, { ports }]) => [name, ...ports])).toEqual([
      ['postgres', '127.0.0.1:5432:5432'],
      ['redis', '127.0.0.1:6379:6379'],
      ['migrate'],
      ['api', '8000:8000'],
      ['worker'],
      ['scheduler'],
    ]);
    const moved = { SECRET_KEY, ALLOWED_HOSTS: 'x', PORT: '80', POSTGRES_PORT: '1', REDIS_PORT: '2' };
    const { postgres, redis, api } = readComposeFile(moved).services;
    expect([postgres!.ports, redis!.ports, api!.ports]).toEqual([
      ['127.0.0.1:1:5432'],
      ['127.0.0.1:2:6379'],
      ['80:8000'],
    ]);
  });

  it('connects to the servers by the names, accounts and databases that it gives them', () => {
    const { environment } = compose.services.api!;
    const url = new URL(environment.DATABASE_URL!);
    const server = compose.services.postgres!.environment;
    expect([url.hostname, url.port, url.username, url.password, url.pathname]).toEqual([
      'postgres',
      '5432',
      server.POSTGRES_USER,
      server.POSTGRES_PASSWORD,
      `/${server.POSTGRES_DB}`,
    ]);
    expect(environment.REDIS_URL).toBe('redis://redis:6379');
  });

  it('waits for what is there: servers that are asked for their health, and the migration', () => {
    const waitedFor = services.flatMap(([, service]) => Object.entries(service.depends_on));
    expect(waitedFor.length).toBeGreaterThan(9);
    for (const [name, { condition }] of waitedFor)
      expect([name, condition, compose.services[name]!.healthcheck !== undefined]).toEqual([
        name,
        name === 'migrate' ? 'service_completed_successfully' : 'service_healthy',
        name !== 'migrate',
      ]);
  });

  it('keeps what the servers write in volumes that it declares', () => {
    const used = services.flatMap(([, { volumes }]) => volumes).map((volume) => volume.split(':')[0]);
    expect(used).toEqual(Object.keys(compose.volumes));
  });

  it('gives each process the time that it takes to stop', () => {
    const { SHUTDOWN_DRAIN_MS, SHUTDOWN_DEADLINE_MS } = environmentSchema.parse({});
    const graceMs = ({ stop_grace_period: period }: ComposeService) => Number(/^(\d+)s$/.exec(period!)![1]) * 1000;
    for (const [, service] of ours) expect(graceMs(service)).toBeGreaterThan(SHUTDOWN_DRAIN_MS + SHUTDOWN_DEADLINE_MS);
  });

  it('would be refused with a key that does nothing', () => {
    const misspelt = text('docker-compose.yml').replaceAll('healthcheck:', 'helthcheck:');
    expect(() => readComposeFile({ SECRET_KEY, ALLOWED_HOSTS: 'x' }, misspelt)).toThrow('helthcheck');
  });
});
