import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthSchema } from '../../apps/api/src/health/health.response';
import { allInvariants } from '../../apps/cli/src/contexts';

const ROOT = join(__dirname, '../..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Alarms and promises point at code by name: a name that is gone sends somebody on a search at night. */
describe('the documents for operators', () => {
  const runbook = text('docs/runbook.md');
  const reliability = text('docs/reliability.md');
  const metrics = [...text('docs/metrics.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name!);
  const sources = ['apps', 'libs', 'test/chaos']
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith('.ts'));
  const code = sources.map(text).join('\n');

  const unknownMetrics = (document: string) =>
    [...document.matchAll(/\b([a-z]+(?:_[a-z]+)+)(?:_count)?\{|[( `]([a-z]+(?:_[a-z]+)+) (?:>|==)/g)]
      .map(([, labelled, compared]) => (labelled ?? compared)!.replace(/_count$/, ''))
      .filter((name) => !metrics.includes(name));
  const unknownNames = (document: string) =>
    [...document.matchAll(/`([A-Za-z][\w-]*(?:\.[a-z]+)*)`/g)]
      .map(([, name]) => name!)
      .filter((name) =>
        name.endsWith('.ts')
          ? !sources.some((path) => path.endsWith(`/${name}`))
          : !name.split('.').every((part) => code.includes(part)),
      );

  it('name only metrics that exist, in alarms', () => {
    expect(unknownMetrics(runbook.replaceAll(/^```sql$[^]*?^```$/gm, ''))).toEqual([]);
    expect(unknownMetrics('`orders_lost > 0` and `queue_job{state="waiting"}`')).toEqual(['orders_lost', 'queue_job']);
  });

  it('say what to do about every health check', () => {
    const checks = Object.keys(healthSchema.shape.checks.shape).filter((check) => check !== 'application');
    expect(checks.filter((check) => !new RegExp(`check \`${check}\``).test(runbook))).toEqual([]);
  });

  it('say how to repair every invariant that verify can name, and no other', () => {
    const names = allInvariants({ pending: 1, processing: 1, shipped: 1 }).map(({ name }) => name);
    const section = /^## What verify finds$[^]*?(?=^##)/m.exec(runbook)![0];
    const rows = [...section.matchAll(/^\| (.+?) +\| (\S.*?) +\|$/gm)].slice(1).map(([, name]) => name!);
    expect(rows.filter((name) => !name.startsWith('---')).sort()).toEqual(names.sort());
  });

  it('link only to sections that are there', () => {
    const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!.toLowerCase().replaceAll(' ', '-'));
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });

  it('point at code that is there', () => {
    expect(unknownNames(reliability)).toEqual([]);
    expect(unknownNames('`ApplyTransitions` in `move-all-orders.ts`, see `FrobnicateOrders`')).toEqual([
      'move-all-orders.ts',
      'FrobnicateOrders',
    ]);
  });
});
