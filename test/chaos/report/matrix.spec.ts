import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../checks/check';
import type { RunResult } from '../run-scenario';
import { describeRun, matrixOf } from './matrix';
import { writeReport } from './write-report';

const aRun = (given: Partial<RunResult> = {}): RunResult => ({
  scenario: 'api-killed',
  number: 1,
  backend: 'redis',
  seed: 1,
  checks: [check('I1', 'stock adds up', [], { wishes: 10 })],
  figures: { kills: 2, stop_ms: 30 },
  seconds: 12,
  ...given,
});

describe('the matrix of a chaos run', () => {
  it('counts the seeds in which a promise held, adds up counts and keeps the worst time', () => {
    const row = matrixOf([aRun(), aRun({ seed: 2, figures: { kills: 3, stop_ms: 20 } })]).split('\n')[2];
    expect(row).toContain('| 1 | api-killed | redis | 1, 2 | ✓ 2 | – |');
    expect(row).toContain('wishes 20, kills 5, stop ms 30');
  });

  it('says in how many seeds a promise broke, with an example in the line of the run', () => {
    const broken = aRun({ seed: 2, checks: [check('I1', 'stock adds up', ['product 7: 3 sold of 2'], {})] });
    expect(matrixOf([aRun(), broken])).toContain('**✗ 1 of 2**');
    expect(describeRun(broken)).toMatch(/^BROKEN .*\n +I1 stock adds up: 1, e\.g\. product 7: 3 sold of 2$/);
  });

  it('never shows a run that came to no end as one in which something held', () => {
    const stuck = matrixOf([aRun({ checks: [], error: 'the api is not ready' })]);
    expect(stuck).toContain('**1 came to no end**');
    expect(stuck).not.toContain('✓');
  });

  it('is written between its markers and leaves the words around it alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-matrix-'));
    const file = join(folder, 'reliability.md');
    await writeReport(file, '| first |', async (text) => text);
    writeFileSync(file, readFileSync(file, 'utf8').replace('# Reliability', '# Ours').concat('\nMore.\n'));
    await writeReport(file, '| second |', async (text) => text);
    const text = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    expect(text).toMatch(/^# Ours\n[^]*<!-- chaos matrix -->\n\n\| second \|\n\n<!-- \/chaos matrix -->\n\nMore\.\n$/);
    expect(text).not.toContain('first');
  });
});
