import type { InvariantResult } from '@app/platform';
import { grouped } from './options';

/** What is printed fits into a terminal of this width. */
const COLUMNS_MAX = 100;
const INDENT = ' '.repeat(13);

/** Each invariant, with its figures and the examples of a breach below it; the last line is the summary. */
export function invariantTable(results: readonly InvariantResult[]): string {
  const lines = results.flatMap(({ holds, id, name, figures, breaches, examples }) => {
    const title = `${(holds ? 'ok' : 'BREACH').padEnd(6)}  ${id.padEnd(3)}  ${name}`;
    const rows = [title, ...wrapped(figuresOf(figures))];
    if (holds) return rows;
    const more = breaches > examples.length ? [`… ${grouped(breaches - examples.length)} more`] : [];
    return [...rows, ...[...examples, ...more].map((text) => `${INDENT}${text}`)];
  });
  return [...lines, summary(results)].join('\n');
}

function figuresOf(figures: Record<string, number>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${grouped(value)}`)
    .join(', ');
}

function wrapped(figures: string): string[] {
  const lines: string[] = [];
  for (const figure of figures.split(/(?<=,) /)) {
    const joined = lines.length > 0 ? `${lines.at(-1)} ${figure}` : `${INDENT}${figure}`;
    if (lines.length > 0 && joined.length <= COLUMNS_MAX) lines[lines.length - 1] = joined;
    else lines.push(`${INDENT}${figure}`);
  }
  return lines.filter((line) => line.trim() !== '');
}

function summary(results: readonly InvariantResult[]): string {
  const broken = results.filter(({ holds }) => !holds).length;
  return broken === 0
    ? `All ${results.length} invariants hold.`
    : `${broken} of ${results.length} invariants ${broken === 1 ? 'is' : 'are'} BREACHED.`;
}
