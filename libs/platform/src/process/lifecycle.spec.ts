import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PLATFORM = join(__dirname, '../../../../dist/libs/platform/src/index.js');

/** Runs a process of its own that is closed as the product's are, with `code` in it. */
function runProcess(code: string) {
  const script = `
    const { closeOnSignal, createLogger } = require(${JSON.stringify(PLATFORM)});
    const logger = createLogger({ LOG_LEVEL: 'info', logFormat: 'json' }, 'test');
    closeOnSignal({ close: async () => console.log('closed') }, logger, { deadlineMs: 5000 });
    const stillThere = setInterval(() => undefined, 1000);
    ${code}`;
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 20_000 });
  return { status, stdout };
}

describe('a process', () => {
  it('goes on after a rejection that nobody waited for, and says so', () => {
    const { status, stdout } = runProcess(`
      Promise.reject(new Error('forgotten'));
      setTimeout(() => { console.log('still here'); process.exit(0); }, 50);`);
    expect(stdout).toContain('process.unhandled_rejection');
    expect(stdout).toContain('forgotten');
    expect(stdout).toContain('still here');
    expect(status).toBe(0);
  });

  it('closes after an uncaught exception and ends with 1', () => {
    const { status, stdout } = runProcess(`setTimeout(() => { throw new Error('half done'); }, 1);`);
    expect(stdout).toContain('process.uncaught_exception');
    expect(stdout).toContain('closed');
    expect(status).toBe(1);
  });
});
