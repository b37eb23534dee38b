import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const RISKS = 10;

/** Tests that a text names: a spec in backticks, then titles in quotes, and so on. */
function namedTests(text: string): { spec: string; title: string | undefined }[] {
  return [...text.matchAll(/`([\w./-]+\.(?:db-|e2e-)?spec\.ts)`((?:[:,]? ?"[^"]+")*)/g)].flatMap(([, spec, titles]) => {
    const named = [...titles!.matchAll(/"([^"]+)"/g)].map(([, title]) => title);
    return (named.length > 0 ? named : [undefined]).map((title) => ({ spec: spec!, title }));
  });
}

/** Those of them that are not there, word for word. */
function missing(text: string): string[] {
  return namedTests(text)
    .filter(({ spec, title }) => {
      const path = join(ROOT, spec);
      if (!existsSync(path) || title === undefined) return true;
      return !["'", '"', '`'].some((quote) => readFileSync(path, 'utf8').includes(`${quote}${title}${quote}`));
    })
    .map(({ spec, title }) => `${spec}: ${title}`);
}

/** A promise that names its test is worth as much as the test. */
describe('docs/security.md', () => {
  const document = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  const rows = document.match(/^\| \d+ .*$/gm) ?? [];

  it('names for every risk of the OWASP API Security Top 10 the tests that show it', () => {
    expect(rows.map((row) => Number(/\d+/.exec(row)))).toEqual(Array.from({ length: RISKS }, (_, index) => index + 1));
    expect(rows.filter((row) => namedTests(row).length === 0)).toEqual([]);
    expect(missing(rows.join('\n'))).toEqual([]);
  });

  it('would be seen to name one that is gone', () => {
    expect(
      missing('`test/access/matrix.e2e-spec.ts`: "is said by every route", "is gone"; `test/gone.spec.ts`: "x"'),
    ).toEqual(['test/access/matrix.e2e-spec.ts: is gone', 'test/gone.spec.ts: x']);
  });
});
