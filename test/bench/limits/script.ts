import type { Script } from './transactions';

/** A line of a {@link Script}, for those who have no pgbench. */
export type Step =
  { set: string; from: number; to: number } | { name: string; text: string; parameters: string[]; keepsRow: boolean };

/** Reads a script: a command or a statement on each line. */
export function parseScript(script: Script): Step[] {
  const lines = script.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => parseLine(line, `step_${index}`));
}

function parseLine(line: string, name: string): Step {
  const draw = /^\\set (\w+) random\((\d+), (\d+)\)$/.exec(line);
  if (draw) return { set: draw[1]!, from: Number(draw[2]), to: Number(draw[3]) };
  const keepsRow = line.endsWith(' \\gset');
  const parameters: string[] = [];
  const text = line
    .replace(/ \\gset$|;$/, '')
    // A cast has two colons.
    .replaceAll(/(?<!:):([a-z]\w*)/g, (_, parameter: string) => `$${parameters.push(parameter)}`);
  return { name, text, parameters, keepsRow };
}
