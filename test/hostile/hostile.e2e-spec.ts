import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateStockedProducts } from '@app/inventory';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp } from '../support/processes';
import { TESTER } from '../support/principals';
import { HOSTILE_BODIES } from './bodies';
import { HOSTILE_CLIENTS } from './clients';
import { Others, type OthersFigures } from './others';

/** What held the process for two seconds to two minutes is answered in parts of one; the bound leaves room for a busy machine. */
const LIVE_MS_MAX = 1500;
/** PRINT_FIGURES=1 measures for longer and prints what the others felt. */
const PRINT_FIGURES = Boolean(process.env.PRINT_FIGURES);
const WINDOW_MS = PRINT_FIGURES ? 5000 : 1000;

describe('beside one hostile client', () => {
  let database: TestDatabase;
  let api: RunningApp;
  let others: Others;

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    const [product] = await app
      .get(CreateStockedProducts, { strict: false })
      .execute([{ sku: 'PLENTY', name: 'Plenty', priceMinor: 100, initialStock: 1_000_000 }], { principal: TESTER });
    await app.close();
    api = await startApp('api', { DATABASE_URL: database.url });
    others = new Others(api.url, product!.id);
    // So that the lists, the search and the stream have something to give.
    await others.placeInBulk(5000);
  }, 60_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it.each(HOSTILE_CLIENTS.map(({ does }, index): [string, number] => [does, index]))(
    'that %s, everybody else is served',
    async (does, index) => {
      const before = PRINT_FIGURES ? await others.during(WINDOW_MS) : undefined;
      const { figures, report } = await beside(others, index, api.url);
      expect(report.problem).toBe('');
      if (before) print(does, before, figures, report, await beneath(others, index, report));
      expect(figures.refused).toEqual([]);
      expect(figures.placed).toBeGreaterThan(0);
      expect(figures.liveMaxMs).toBeLessThan(LIVE_MS_MAX);
      expect(api.child.exitCode).toBeNull();
    },
    60_000,
  );
});

interface Report {
  problem: string;
  answers: number;
  cpuMs: number;
}

/** What others feel while one hostile client is at work, and what that one says of itself. */
async function beside(others: Others, index: number, url: string): Promise<{ figures: OthersFigures; report: Report }> {
  const attacker = fork(join(__dirname, 'attacker.mjs'), [String(index), url]);
  await once(attacker, 'message');
  const figures = await others.during(WINDOW_MS);
  attacker.send('stop');
  const [report] = (await once(attacker, 'message')) as [Report];
  return { figures, report };
}

/** What they would feel if somebody else received as many of its requests; undefined for a client that is not counted by answers. */
async function beneath(others: Others, index: number, { answers }: Report): Promise<OthersFigures | undefined> {
  if (answers === 0 || index >= HOSTILE_BODIES.length) return undefined;
  const sink = fork(join(__dirname, 'sink.mjs'), [String(WINDOW_MS / answers)]);
  const [url] = (await once(sink, 'message')) as [string];
  const { figures } = await beside(others, index, url);
  sink.disconnect();
  return figures;
}

function print(
  does: string,
  before: OthersFigures,
  during: OthersFigures,
  { answers, cpuMs }: Report,
  floor: OthersFigures | undefined,
): void {
  const ratio = (figures: OthersFigures | undefined) => (figures ? (figures.p99Ms / before.p99Ms).toFixed(1) : '–');
  const row = [
    does,
    `${before.placed} → ${during.placed}`,
    `${Math.round(before.p99Ms)} → ${Math.round(during.p99Ms)}`,
    ratio(during),
    `${Math.round(before.liveMaxMs)} → ${Math.round(during.liveMaxMs)}`,
    (answers / (WINDOW_MS / 1000)).toFixed(1),
    `${Math.round((cpuMs / WINDOW_MS) * 100)} %`,
    floor ? `${floor.placed}` : '–',
    ratio(floor),
  ];
  process.stderr.write(`| ${row.join(' | ')} |\n`);
}
