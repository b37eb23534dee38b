import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

describe('npm run bench', () => {
  it('measures a scenario on servers of its own and says what it cost', async () => {
    const args = ['--scenario', 'place:keyed', '--rounds', '1', '--seconds', '1', '--warm-up', '0'];
    const bench = spawn(process.execPath, [join(ROOT, 'scripts/bench.mjs'), ...args], { cwd: ROOT });
    let output = '';
    for (const stream of [bench.stdout, bench.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    const [code] = await once(bench, 'close');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/place:keyed 64: [\d,]+ orders\/s/) });
    const [statements, walBytes, apiMicroseconds] = costsOf('place:keyed 64', output);
    // Group commit: several orders share a statement, however slow the machine is; each is logged in any case.
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThan(4);
    expect(walBytes).toBeGreaterThan(1000);
    expect(apiMicroseconds).toBeGreaterThan(0);
  }, 180_000);
});

/** The figures of a scenario in the table of costs. */
function costsOf(scenario: string, output: string): number[] {
  const table = output.slice(output.indexOf('| each costs'));
  const row = table.split('\n').find((line) => line.startsWith(`| ${scenario} `))!;
  return row
    .split('|')
    .slice(2)
    .map((cell) => Number(cell.replaceAll(',', '')));
}
