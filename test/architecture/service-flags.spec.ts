import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
const flags = JSON.parse(text('scripts/lib/service-flags.json')) as string[];

/** Flags of every command that runs a service: what stands between `node` and its main file. */
const flagsOfServices = (file: string): string[][] =>
  [...file.matchAll(/\[\s*"?node"?,([^\]]*?)"?dist\/apps\/(?:api|worker|scheduler)\/src\/main\.js/g)].map(
    ([, between]) => between!.match(/--[\w=-]+/g) ?? [],
  );

describe('the flags of Node', () => {
  it.each([
    ['Dockerfile', 1],
    ['docker-compose.yml', 3],
  ])('in %s are those of `npm start`', (path, services) => {
    expect(flagsOfServices(text(path))).toEqual(Array.from({ length: services }, () => flags));
  });

  it('are seen when they differ', () => {
    expect(flagsOfServices('command: [node, --other, dist/apps/api/src/main.js]')).toEqual([['--other']]);
  });
});
