import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchema } from '@app/platform';

const ROOT = join(__dirname, '../..');
const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const PINNED = /@sha256:[0-9a-f]{64}$/;

/** What stands behind `image:` in a compose file, but the product's own image, which is built here. */
function foreignImages(text: string): string[] {
  return [...text.matchAll(/^\s+image: (\S+)$/gm)].map(([, image]) => image!).filter((image) => image.includes(':'));
}

describe('container images', () => {
  it('are pinned by digest, so that the same files run the same servers', () => {
    const images = [...foreignImages(compose), /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)![1]!];
    expect(images).toHaveLength(3);
    expect(images.filter((image) => !PINNED.test(image))).toEqual([]);
  });

  it('would be reported when one is named by a tag only', () => {
    expect(foreignImages('  postgres:\n    image: postgres:17\n').filter((image) => !PINNED.test(image))).toEqual([
      'postgres:17',
    ]);
  });

  it('run a line of Node that package.json allows', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(Number(/NODE_IMAGE=node:(\d+)-/.exec(dockerfile)![1])).toBeGreaterThanOrEqual(24);
    expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0');
  });
});

describe('the compose file', () => {
  it('hands every setting of .env to every process of the product, and overrides only what containers need', () => {
    expect(compose).toContain('env_file: [{ path: .env, required: false }]');
    const overridden = [...compose.matchAll(/\b([A-Z][A-Z_]+): /g)].map(([, name]) => name!);
    expect([...new Set(overridden)].filter((name) => name in environmentSchema.shape).sort()).toEqual([
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

  it('publishes the ports of the two servers to this machine only', () => {
    expect([...compose.matchAll(/ports: \['([^']+)'\]/g)].map(([, port]) => port)).toEqual([
      '127.0.0.1:${POSTGRES_PORT:-5432}:5432',
      '127.0.0.1:${REDIS_PORT:-6379}:6379',
      '${PORT:-8000}:8000',
    ]);
  });
});
