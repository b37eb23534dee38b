import { engineSchema, type RuleSet, ruleSetSchema, SHARDS_MAX, THREADS_MAX } from '@app/simulation';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../options';

/** `--engine`, which every command of the simulation has. */
export function engineOption(): Option {
  return new Option('--engine <engine>', 'where the stores are: databases, or files under DATA_DIR')
    .choices(engineSchema.options)
    .default('postgres');
}

export function threadsOption(): Option {
  return new Option('--threads <number>', `writers in flight at the same time, 1 to ${THREADS_MAX}`)
    .argParser(wholeNumber(1, THREADS_MAX))
    .default(10);
}

export function rulesOption(fallback: RuleSet): Option {
  return new Option('--rules <rules>', 'basic: name, @, price, quantity; strict: all rules, unique e-mails, references')
    .choices(ruleSetSchema.options)
    .default(fallback);
}

export function shardsOption(): Option {
  return new Option('--shards <number>', `stores that each table is spread over, 1 to ${SHARDS_MAX}`)
    .argParser(wholeNumber(1, SHARDS_MAX))
    .default(1);
}

/** The options of every run. */
export function withRunOptions(command: Command, rules: RuleSet): Command {
  return command
    .addOption(threadsOption())
    .addOption(engineOption())
    .addOption(rulesOption(rules))
    .addOption(shardsOption())
    .option('--delay-ms <number>', 'how long each writer waits inside its transaction', wholeNumber(0, 10_000), 0);
}
