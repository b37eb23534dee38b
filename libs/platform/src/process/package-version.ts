import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const packageFile = z.object({ version: z.string() });

/** The version in package.json. The compiled file is one folder deeper than its source; `dist` has the package.json beside it, in the image too. */
export function packageVersion(): string {
  const roots = ['../../../..', '../../../../..'];
  const file = roots.map((root) => join(__dirname, root, 'package.json')).find(existsSync);
  return file ? packageFile.parse(JSON.parse(readFileSync(file, 'utf8'))).version : 'unknown';
}
