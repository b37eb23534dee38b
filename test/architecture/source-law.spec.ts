import { CASTS, CASTS_MAX } from './casts';
import { fixtureFolder, markedLines, PROJECT } from './fixtures';
import { SOURCE_RULES } from './source-rules';
import { readTree } from './source-tree';

describe('the rules about what is written in files', () => {
  const project = readTree(PROJECT);

  it('are asked about the whole product', () => {
    expect(new Set(project.map(({ part }) => part)).size).toBeGreaterThanOrEqual(10);
    expect(project.length).toBeGreaterThan(100);
  });

  it('count few casts, of files that are there', () => {
    const paths = new Set(project.map(({ path }) => path));
    expect(Object.keys(CASTS).filter((path) => !paths.has(path))).toEqual([]);
    expect(Object.values(CASTS).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(CASTS_MAX);
  });

  describe.each(Object.entries(SOURCE_RULES))('%s', (rule, breaks) => {
    it('holds in this project', () => {
      expect(breaks(project)).toEqual([]);
    });

    it('finds every line that its fixture marks, and no other', () => {
      const found = breaks(readTree(fixtureFolder(rule))).map(({ path, line }) => `${path}:${line}`);
      expect([...new Set(found)].sort()).toEqual(markedLines(rule));
    });
  });
});
