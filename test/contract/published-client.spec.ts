import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const PROGRAM = `import { createClient, dataOf, type Order } from '@order-fulfillment/client';

const client = createClient({ baseUrl: 'http://localhost:8000' });
const path = { order_id: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' };
export const order: Promise<Order> = dataOf(client.GET('/api/v1/orders/{order_id}/', { params: { path } }));
// @ts-expect-error no such path
void client.GET('/api/v1/nothing/');
`;

describe('the published client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-client-'));
  const home = join(folder, 'node_modules/@order-fulfillment/client');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(() => {
    execFileSync(process.execPath, [join(ROOT, 'scripts/build-client.mjs'), home]);
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  });

  it('has declarations and code of its own only', () => {
    const files = readdirSync(join(home, 'dist'));
    expect(files).toEqual(expect.arrayContaining(['index.js', 'index.d.ts', 'schema.d.ts']));
    for (const file of files) expect(readFileSync(join(home, 'dist', file), 'utf8')).not.toContain('@app/');
  });

  it('is typed for a program elsewhere, which it also runs in', () => {
    writeFileSync(join(folder, 'program.ts'), PROGRAM);
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = '--strict --noEmit --skipLibCheck --module nodenext --target es2023 --lib es2023,dom'.split(' ');
    execFileSync(process.execPath, [tsc, ...options, 'program.ts'], { cwd: folder, stdio: 'pipe' });
    const keys = "console.log(Object.keys(require('@order-fulfillment/client')).sort().join())";
    expect(execFileSync(process.execPath, ['-e', keys], { cwd: folder, encoding: 'utf8' }).trim()).toBe(
      'ProblemError,createClient,dataOf,everyItem',
    );
  });
});
