import { fixtureFolder, markedLines, PROJECT } from './fixtures';
import { SOURCE_RULES } from './source-rules';
import { readTree } from './source-tree';

describe('the rules about what is written in files', () => {
  const project = readTree(PROJECT);

  it('are asked about the whole product', () => {
    expect(new Set(project.map(({ part }) => part)).size).toBeGreaterThanOrEqual(10);
    expect(project.length).toBeGreaterThan(100);
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
