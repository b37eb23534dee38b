import { InvalidArgumentError, Command, Option } from 'commander';
import type { Backend } from './scenario';
import { SCENARIOS } from './scenarios';

export interface ChaosOptions {
  /** The first seed. */
  seed: number;
  /** How many seeds, counted up from the first. */
  seeds: number;
  scenarios: string[];
  backends: Backend[];
  /** No further run is begun after so many minutes. */
  minutes?: number;
  /** Writes the matrix into docs/reliability.md. */
  report: boolean;
  /** Whether promises about time are checked, or their figures only shown. */
  timed: boolean;
  /** Where everything of the runs is kept, under artifacts/chaos when not given. */
  folder?: string;
}

const BACKENDS = { postgres: ['postgres'], redis: ['redis'], both: ['postgres', 'redis'] } as const;

/** Reads the command line; prints what is wrong with it and ends the process. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const names = SCENARIOS.map(({ name }) => name);
  const program = new Command('npm run chaos --')
    .description('Runs the product as real processes, breaks things, and checks what is promised.')
    .option('--seed <number>', 'the first seed; drawn and printed when not given', whole)
    .option('--seeds <number>', 'how many seeds, counted up', whole, 1)
    .option('--scenario <names>', `comma-separated, of: ${names.join(', ')}`, namesOf(names), names)
    .addOption(new Option('--backend <queues>', 'where the queues are').choices(Object.keys(BACKENDS)).default('both'))
    .option('--minutes <number>', 'begin no further run after so many minutes', Number)
    .option('--report', 'write the matrix into docs/reliability.md', false)
    .option('--no-timed', 'show times without judging them: for a busy machine')
    .option('--folder <path>', 'where logs, histories and results go; runs that held there already are not repeated')
    .parse([...args], { from: 'user' });
  const { seed, seeds, scenario, backend, minutes, report, timed, folder } = program.opts<{
    seed?: number;
    seeds: number;
    scenario: string[];
    backend: keyof typeof BACKENDS;
    minutes?: number;
    report: boolean;
    timed: boolean;
    folder?: string;
  }>();
  return {
    seed: seed ?? Math.floor(Math.random() * 1_000_000),
    seeds,
    scenarios: scenario,
    backends: [...BACKENDS[backend]],
    minutes,
    report,
    timed,
    folder,
  };
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
}

function namesOf(known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new InvalidArgumentError(`There is no ${unknown.join(', ')}.`);
    return names;
  };
}
