import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './fixtures';

function generate(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT, 'scripts/generate.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('npm run generate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-documents-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const some = ['--into', folder, '--only', 'states,errors'];

  it('names a document that is missing and the command that writes it', () => {
    const { status, output } = generate('--check', ...some);
    expect(status).toBe(1);
    expect(output).toContain('docs/states.md is not up to date (it is missing)');
    expect(output).toContain('npm run generate');
  });

  it('writes documents that it then finds up to date', () => {
    expect(generate(...some)).toMatchObject({
      status: 0,
      output: 'wrote docs/states.md\nwrote docs/errors.md\n',
    });
    expect(generate('--check', ...some)).toMatchObject({ status: 0 });
  });

  it('names a document that was changed by hand, and only that', () => {
    appendFileSync(join(folder, 'docs/errors.md'), '\nOne more thing.\n');
    const { status, output } = generate('--check', ...some);
    expect(status).toBe(1);
    expect(output).toContain('docs/errors.md is not up to date');
    expect(output).not.toContain('docs/states.md');
  });
});

describe('the configuration', () => {
  it('is documented as the schema has it, in README.md and .env.example', () => {
    expect(generate('--check', '--only', 'readme,environment')).toEqual({
      status: 0,
      output: '2 generated documents are up to date.\n',
    });
  });
});
