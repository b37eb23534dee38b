import { type Config, type InvariantResult, newId, withDataSource } from '@app/platform';
import { Command, Option } from 'commander';
import { sentenceFor } from '../failure';
import { interruption } from '../interruption';
import { invariantTable } from '../invariant-table';
import { followOrders, tallyOrders } from '../load/follow-orders';
import { loadFigures, loadReport, type LoadRun, succeeded } from '../load/load-report';
import { type Load, sendOrders } from '../load/send-orders';
import { Shelf } from '../load/shelf';
import { ShopApi } from '../load/shop-api';
import { grouped, httpUrl, seconds, wholeNumber } from '../options';
import { Progress } from '../progress';
import { allHold, runVerification } from '../run-verification';

interface LoadTestOptions {
  orders: number;
  concurrency: number;
  threads?: number;
  delay: number;
  wait: number;
  url: string;
  apiKey?: string;
  json?: boolean;
}

export function loadTestCommand(config: () => Config): Command {
  const defaultUrl = `http://localhost:${process.env.PORT || 8000}`;
  return new Command('load-test')
    .description('place orders over HTTP, wait until they are delivered, and verify')
    .option('--orders <number>', 'how many, 1 to 1,000,000', wholeNumber(1, 1_000_000), 200)
    .option('--concurrency <number>', 'clients that order at the same time, 1 to 1,000', wholeNumber(1, 1000), 20)
    .addOption(
      new Option('--threads <number>', 'another word for --concurrency')
        .argParser(wholeNumber(1, 1000))
        .conflicts('concurrency'),
    )
    .option('--delay <seconds>', 'how long each client waits between two orders', seconds(0, 60), 0.05)
    .option('--wait <seconds>', 'how long to wait for the orders to come to an end', seconds(0, 86_400), 300)
    .option('--url <address>', 'the API', httpUrl, defaultUrl)
    .addOption(
      new Option(
        '--api-key <key>',
        'where the API lets nobody in without one; other users of this machine can read what is typed here',
      ).env('LOAD_TEST_API_KEY'),
    )
    .option('--json', 'print the figures and the invariants as JSON')
    .addHelpText(
      'after',
      `
A key that may do it: \`npm run cli -- create-api-key admin --name load --permissions orders:read,orders:write,products:read\`.

Each order has 1 to 3 lines of random active products with stock. Exit code 1 when a request failed (5xx or network), an order
was lost or did not come to an end, or an invariant is breached; refusals (4xx) are counted, they are proper answers.
Ctrl-C stops sending and prints what there is.`,
    )
    .action(async ({ threads, ...options }: LoadTestOptions) =>
      loadTest({ ...options, concurrency: threads ?? options.concurrency }, config),
    );
}

async function loadTest(options: LoadTestOptions, config: () => Config): Promise<void> {
  const signal = interruption();
  const api = new ShopApi(options.url, options.apiKey);
  const shelf = await stockedShelf(api);
  // What is not the result goes where it does not get into the JSON.
  const say = (text: string) => (options.json ? process.stderr.write(`${text}\n`) : console.log(text));
  const run = await runLoad(api, shelf, options, signal, say);
  if (!options.json) console.log(loadReport(run));
  if (!options.json) signal.throwIfAborted();
  const results = signal.aborted ? undefined : await verify(config, signal, say);
  const holds = results ? allHold(results) : null;
  if (options.json)
    console.log(
      JSON.stringify({ ...loadFigures(run), succeeded: succeeded(run), holds, invariants: results ?? null }, null, 2),
    );
  signal.throwIfAborted();
  if (!succeeded(run) || holds === false) process.exitCode = 1;
}

async function stockedShelf(api: ShopApi): Promise<Shelf> {
  const products = await api.listProducts();
  if (!products.some(({ available }) => available > 0))
    throw new Error('There is no active product with stock: run `npm run cli -- seed-demo` first.');
  return new Shelf(products);
}

async function runLoad(
  api: ShopApi,
  shelf: Shelf,
  options: LoadTestOptions,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<LoadRun> {
  const { orders, concurrency, delay, wait } = options;
  const load: Load = { customerEmail: `load-${newId()}@example.com`, orders, concurrency, delayMs: delay * 1000 };
  const progress = new Progress();
  say(`Placing ${grouped(orders)} orders at ${options.url} as ${load.customerEmail}.`);
  const run: LoadRun = {
    sent: await sendOrders(
      api,
      shelf,
      load,
      ({ latenciesMs, createdIds, failed }) =>
        progress.show(
          `${grouped(latenciesMs.length)} of ${grouped(orders)} sent, ${grouped(createdIds.size)} created, ${grouped(failed)} failed`,
        ),
      signal,
    ),
  };
  if (!signal.aborted)
    run.end = await followOrders(
      api,
      load.customerEmail,
      wait * 1000,
      (state) => progress.show(`Waiting for delivery: ${state}`),
      signal,
    );
  progress.clear();
  // The API may be gone by now; what was sent is worth showing all the same.
  run.tally = await tallyOrders(api.listOrders(load.customerEmail), run.sent.createdIds).catch((error: Error) => {
    console.error(`The orders cannot be read back: ${error.message}`);
    return undefined;
  });
  return run;
}

/** The invariants; undefined when no database is at hand, which is said. What fails once there is one fails the test. */
async function verify(
  config: () => Config,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<InvariantResult[] | undefined> {
  const skipped = (why: string) => {
    say(`\nverify was skipped: ${why}`);
    return undefined;
  };
  if (!process.env.DATABASE_URL && !process.env.DB_HOST) return skipped('DATABASE_URL is not set.');
  const configured = config();
  const unreachable = await withDataSource(configured, 'cli', async () => undefined).catch(sentenceFor);
  signal.throwIfAborted();
  if (unreachable !== undefined) return skipped(unreachable);
  const results = await runVerification(configured, { signal });
  const { host, pathname } = new URL(configured.databaseUrl);
  say(`\nverify of ${host}${pathname}:\n${invariantTable(results)}`);
  return results;
}
