import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { READY_AT } from '../lab/product';
import { selfTimes, type SelfTime } from './profile';
import { figure, table } from './table';

const FUNCTIONS = 30;
const PACKAGES = 15;

/** The profiles in the folders of a folder as tables; each is one process, from when it was ready to its end. */
export function profileReport(folder: string): string {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cpuprofile'))
    : [];
  return files
    .map((name) => {
      const file = join(folder, name);
      const readyAt = Number(readFileSync(join(dirname(file), READY_AT), 'utf8'));
      const { packages, functions } = selfTimes(JSON.parse(readFileSync(file, 'utf8')), readyAt);
      const tables = [times('package', packages, PACKAGES), times('function', functions, FUNCTIONS)];
      return `${file}\n\n${tables.join('\n\n')}`;
    })
    .join('\n\n');
}

function times(title: string, all: readonly SelfTime[], count: number): string {
  const total = all.reduce((sum, { ms }) => sum + ms, 0);
  const rows = all.slice(0, count).map(({ name, ms }) => [name, figure(ms), figure((ms / total) * 100)]);
  return table([title, 'self ms', '%'], rows);
}
