import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PLATFORM = join(__dirname, '../../../../dist/libs/platform/src/index.js');

const stepsBack = (numbers: number[]) => numbers.filter((number, index) => number < (numbers[index - 1] ?? 0)).length;

describe('log lines that wait to be written', () => {
  it.each([
    ['comes to its end', ''],
    ['is told to exit', 'process.exit(0);'],
    ['goes on for a moment', "setTimeout(() => logger.info('a moment later'), 150);"],
  ])('are all written when the process %s', (_, ending) => {
    const script = `
      const { createLogger } = require(${JSON.stringify(PLATFORM)});
      const logger = createLogger({ LOG_LEVEL: 'info', logFormat: 'json' }, 'test');
      for (let line = 0; line < 300; line++) logger.info({ line, padding: 'x'.repeat(200) }, 'a line');
      ${ending}`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { line?: number; msg: string });
    const numbers = lines.flatMap(({ line }) => line ?? []);
    // The one write that is under way when the process is told to exit may end after what is written then.
    expect(stepsBack(numbers)).toBeLessThanOrEqual(ending.includes('exit') ? 1 : 0);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (__, line) => line));
    expect(lines.flatMap(({ line, msg }) => (line === undefined ? msg : []))).toEqual(
      ending.includes('later') ? ['a moment later'] : [],
    );
  });

  it('do not wait in growing numbers when more come in each turn of the event loop', () => {
    const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-log-'));
    const file = openSync(join(folder, 'log'), 'w');
    const script = `
      const { createLogger } = require(${JSON.stringify(PLATFORM)});
      const { fstatSync } = require('node:fs');
      const logger = createLogger({ LOG_LEVEL: 'info', logFormat: 'json' }, 'test');
      let turns = 0, made = 0, waiting = 0;
      const turn = () => {
        for (let line = 0; line < 100; line++) logger.info({ padding: 'x'.repeat(400) }, 'a line');
        made += 100 * 400;
        waiting = Math.max(waiting, made - fstatSync(1).size);
        if (++turns < 2000) setImmediate(turn);
        else process.stderr.write(JSON.stringify({ made, waiting }));
      };
      turn();`;
    try {
      const { stderr } = spawnSync(process.execPath, ['-e', script], {
        stdio: ['ignore', file, 'pipe'],
        encoding: 'utf8',
        timeout: 60_000,
      });
      const { made, waiting } = JSON.parse(stderr) as { made: number; waiting: number };
      expect(made).toBe(80_000_000);
      expect(waiting).toBeLessThan(made / 4);
    } finally {
      closeSync(file);
      rmSync(folder, { recursive: true });
    }
  });
});
