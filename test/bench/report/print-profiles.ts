import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfTimes, type SelfTime } from './profile';
import { figure, table } from './table';

const FUNCTIONS = 30;
const PACKAGES = 15;

/** The profiles in a folder as tables; each is one process, from its start to its end. */
export function profileReport(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.cpuprofile')) : [];
  return files
    .map((name) => {
      const { packages, functions } = selfTimes(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      const tables = [times('package', packages, PACKAGES), times('function', functions, FUNCTIONS)];
      return `${join(folder, name)}\n\n${tables.join('\n\n')}`;
    })
    .join('\n\n');
}

function times(title: string, all: readonly SelfTime[], count: number): string {
  const total = all.reduce((sum, { ms }) => sum + ms, 0);
  const rows = all.slice(0, count).map(({ name, ms }) => [name, figure(ms), figure((ms / total) * 100)]);
  return table([title, 'self ms', '%'], rows);
}
