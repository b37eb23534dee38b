import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'fixtures');
const MARK = '// forbidden';

export const PROJECT = join(__dirname, '../..');

/** The rules that have a fixture: a small source tree that breaks the rule it is named after. */
export const FIXTURES = readdirSync(FOLDER).sort();

export function fixtureFolder(rule: string): string {
  return join(FOLDER, rule);
}

/** What a fixture says is forbidden: `path:line` of every line that is marked so; a mark on a line of its own means the line above. */
export function markedLines(rule: string): string[] {
  const folder = fixtureFolder(rule);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      readFileSync(join(folder, path), 'utf8')
        .split('\n')
        .flatMap((text, index) => (text.endsWith(MARK) ? [`${path}:${text.trim() === MARK ? index : index + 1}`] : [])),
    )
    .sort();
}
