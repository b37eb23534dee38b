import type { InvariantResult } from '@app/platform';
import { grouped } from './options';

/** One line per invariant, in columns, the examples of a breach below it; the last line is the summary. */
export function invariantTable(results: readonly InvariantResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.flatMap(({ holds, id, name, figures, breaches, examples }) => {
    const row = `${(holds ? 'ok' : 'BREACH').padEnd(6)}  ${id.padEnd(3)}  ${name.padEnd(width)}  ${figuresOf(figures)}`;
    if (holds) return [row];
    const more = breaches > examples.length ? [`… ${grouped(breaches - examples.length)} more`] : [];
    return [row, ...[...examples, ...more].map((text) => `${' '.repeat(13)}${text}`)];
  });
  return [...lines, summary(results)].join('\n');
}

function figuresOf(figures: Record<string, number>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${grouped(value)}`)
    .join(', ');
}

function summary(results: readonly InvariantResult[]): string {
  const broken = results.filter(({ holds }) => !holds).length;
  return broken === 0
    ? `All ${results.length} invariants hold.`
    : `${broken} of ${results.length} invariants ${broken === 1 ? 'is' : 'are'} BREACHED.`;
}
