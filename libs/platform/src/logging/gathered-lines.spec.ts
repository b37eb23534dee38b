import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PLATFORM = join(__dirname, '../../../../dist/libs/platform/src/index.js');

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
    expect(lines.slice(0, 300).map(({ line }) => line)).toEqual(Array.from({ length: 300 }, (__, line) => line));
    expect(lines.slice(300).map(({ msg }) => msg)).toEqual(ending.includes('later') ? ['a moment later'] : []);
  });
});
