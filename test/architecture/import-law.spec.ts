import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES, fixtureFolder, markedLines, PROJECT } from './fixtures';
import { SOURCE_RULES } from './source-rules';

interface Report {
  modules: string[];
  imports: [from: string, to: string][];
  violations: { rule: string; from: string; to: string }[];
}

const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
const RULES = forbidden.map(({ name }) => name);

function cruise(folders: string[]): Report[] {
  const output = execFileSync(process.execPath, [join(__dirname, 'cruise.mjs'), ...folders], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(output) as Report[];
}

describe('the import law', () => {
  const [project, ...reports] = cruise([PROJECT, ...RULES.map(fixtureFolder)]) as [Report, ...Report[]];

  it('holds in this project', () => {
    expect(project.violations).toEqual([]);
  });

  it('is asked about every lib and every app, and sees through the aliases', () => {
    for (const part of ['apps', 'libs'].flatMap((folder) =>
      readdirSync(join(PROJECT, folder)).map((name) => `${folder}/${name}/`),
    ))
      expect(project.modules.some((path) => path.startsWith(part))).toBe(true);
    expect(project.imports).toContainEqual(['libs/orders/src/bulk/place-chunk.ts', 'libs/inventory/src/index.ts']);
  });

  it('has arrows for every lib', () => {
    const libs = readdirSync(join(PROJECT, 'libs'));
    expect(RULES).toEqual(expect.arrayContaining(libs.map((lib) => `arrows-of-${lib}`)));
  });

  it('has a fixture for every rule, and no other fixtures', () => {
    expect(FIXTURES).toEqual([...RULES, ...Object.keys(SOURCE_RULES)].sort());
  });

  it.each(RULES)('%s reports each import that its fixture marks, and nothing else', (rule) => {
    const { violations } = reports[RULES.indexOf(rule)]!;
    expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]));
    const markedFiles = markedLines(rule).map((line) => line.replace(/:\d+$/, ''));
    expect(violations.map(({ from }) => from).sort()).toEqual(markedFiles.sort());
  });
});
