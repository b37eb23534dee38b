import type { Check } from '../checks/check';
import type { RunResult } from '../run-scenario';

const INVARIANTS = Array.from({ length: 14 }, (_, index) => `I${index + 1}`);

/** One line when everything held; otherwise what did not, with examples. */
export function describeRun({ scenario, backend, seed, checks, seconds, figures, error }: RunResult): string {
  const broken = checks.filter(({ holds }) => !holds);
  const verdict = error || broken.length > 0 ? 'BROKEN' : 'holds';
  const lines = [`${verdict}  ${scenario} on ${backend}, seed ${seed}, ${seconds} s: ${figuresOf(checks, figures)}`];
  if (error) lines.push(`        ${error}`);
  for (const { id, name, breaches, examples } of broken)
    lines.push(`        ${id} ${name}: ${breaches}, e.g. ${examples.join('; ')}`);
  return lines.join('\n');
}

/** A table in Markdown: scenarios down, invariants across, figures at the end of each row. */
export function matrixOf(results: readonly RunResult[]): string {
  const rows = [...grouped(results)].map(([key, runs]) => {
    const [scenario, backend] = key.split(' ') as [string, string];
    const cells = INVARIANTS.map((id) => cell(runs, (check) => check.id === id));
    const stuck = runs.filter(({ error }) => error !== undefined).length;
    const own = stuck > 0 ? `**${stuck} came to no end**` : cell(runs, (check) => !INVARIANTS.includes(check.id));
    const seeds = runs.map(({ seed }) => seed).join(', ');
    return [`${runs[0]!.number}`, scenario, backend, seeds, ...cells, own, summary(runs)];
  });
  const header = ['no.', 'scenario', 'queues', 'seeds', ...INVARIANTS, 'run', 'figures'];
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function grouped(results: readonly RunResult[]): Map<string, RunResult[]> {
  const groups = new Map<string, RunResult[]>();
  for (const result of results) {
    const key = `${result.scenario} ${result.backend}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return groups;
}

/** In how many runs it held, of those that looked. */
function cell(runs: readonly RunResult[], about: (check: Check) => boolean): string {
  const looked = runs.map(({ checks }) => checks.filter(about)).filter((checks) => checks.length > 0);
  const held = looked.filter((checks) => checks.every(({ holds }) => holds)).length;
  if (looked.length === 0) return '–';
  return held === looked.length ? `✓ ${held}` : `**✗ ${looked.length - held} of ${looked.length}**`;
}

/** Figures of all runs of a row: sums of what is counted, the worst of what is measured. */
function summary(runs: readonly RunResult[]): string {
  const total = new Map<string, number>();
  for (const { checks, figures } of runs)
    for (const [name, value] of Object.entries(shown(checks, figures))) {
      const isMeasured = /_(ms|ratio)$/.test(name);
      total.set(name, isMeasured ? Math.max(total.get(name) ?? 0, value) : (total.get(name) ?? 0) + value);
    }
  return [...total].map(([name, value]) => `${name.replaceAll('_', ' ')} ${value.toLocaleString('en')}`).join(', ');
}

function figuresOf(checks: readonly Check[], figures: Record<string, number>): string {
  return Object.entries(shown(checks, figures))
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`)
    .join(', ');
}

const SHOWN = [
  'wishes',
  'placed',
  'attempts',
  'unknown',
  'cancelled',
  'repeats',
  'reads',
  'unavailable',
  'no_answer',
  'rest_ms',
];

function shown(checks: readonly Check[], figures: Record<string, number>): Record<string, number> {
  const all: Record<string, number> = Object.assign({}, ...checks.map((check) => check.figures));
  const chosen = SHOWN.filter((name) => all[name] !== undefined).map((name) => [name, all[name]!] as const);
  return { ...Object.fromEntries(chosen), ...figures };
}
