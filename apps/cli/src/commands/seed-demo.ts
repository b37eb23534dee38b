import { CreateStockedProducts } from '@app/inventory';
import { OrdersRepository } from '@app/orders';
import { type Config, Transactions } from '@app/platform';
import { findTakenSkus, ProductsRepository } from '@app/products';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, Option } from 'commander';
import { withContexts } from '../cli.module';
import { type AddedProducts, addDemoProducts } from '../demo/add-demo-products';
import { clearDemoData, countLiveWorkers } from '../demo/clear-demo-data';
import { addDemoOrders } from '../demo/add-demo-orders';
import { confirmed } from '../confirmation';
import { interruption } from '../interruption';
import { grouped, wholeNumber } from '../options';
import { OPERATOR } from '../principal';
import { Progress } from '../progress';
import { whatIsLost } from '../what-is-lost';

interface SeedOptions {
  products: number;
  clear?: boolean;
  yes?: boolean;
  json?: boolean;
  ifEmpty?: boolean;
}

/** The demo orders are of the first three. */
const PRODUCTS_OF_ORDERS = 3;

export function seedDemoCommand(config: () => Config): Command {
  return new Command('seed-demo')
    .description('add products with stock to try things out with')
    .option('--products <number>', 'how many, 1 to 10,000', wholeNumber(1, 10_000), 50)
    .addOption(
      new Option(
        '--clear',
        'first remove ALL products, stock, orders and their history; ids begin at 1 again',
      ).conflicts('ifEmpty'),
    )
    .option('--yes', 'do not ask before --clear')
    .option('--json', 'print what was added as JSON')
    .option('--if-empty', 'do nothing when there is any product')
    .addHelpText(
      'after',
      `
Adds exactly the number you ask for. In a database that has products already these come on top: the next ones of the
demo catalogue whose SKUs are free. In an empty database they get the ids 1, 2, 3 …, there is plenty of the first three, and
three orders of these are placed, which the examples of the API's document ask for.
--clear is refused when NODE_ENV is production. Running workers need not be stopped: jobs of removed orders do nothing.`,
    )
    .action(async (options: SeedOptions) => seedDemo(config(), options));
}

async function seedDemo(config: Config, options: SeedOptions): Promise<void> {
  const { clear, yes } = options;
  if (clear && config.NODE_ENV === 'production')
    throw new Error('--clear removes every order and product, so it is refused while NODE_ENV is production.');
  if (clear && !yes && !(await confirmed(`Remove all ${await whatIsLost(config)}?`))) {
    console.log('Nothing was changed.');
    return;
  }
  const signal = interruption();
  const say = (text: string) => (options.json ? process.stderr.write(`${text}\n`) : console.log(text));
  const added = await withContexts(config, (app) => addDemo(app, options, signal, say));
  if (options.json) console.log(JSON.stringify(added, null, 2));
  signal.throwIfAborted();
}

/** Adds demo products, and in an empty database a few orders of them; says what it does. What is there when it is stopped, stays. */
export async function addDemo(
  app: INestApplicationContext,
  { products, clear, ifEmpty }: Pick<SeedOptions, 'products' | 'clear' | 'ifEmpty'>,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<AddedProducts & { orders: number }> {
  if (ifEmpty && (await app.get(ProductsRepository).count({}, 1)) > 0) {
    say('There are products already: nothing to do.');
    return { ids: [], units: 0, outOfStock: 0, low: 0, orders: 0 };
  }
  if (clear) await clearAll(app, say);
  const progress = new Progress();
  const added = await addDemoProducts(
    products,
    {
      findTaken: (skus) => app.get(Transactions).run((tx) => findTakenSkus(tx, skus)),
      add: (batch) => app.get(CreateStockedProducts).execute(batch, { principal: OPERATOR }),
    },
    (soFar) => progress.show(`Adding products: ${grouped(soFar)} of ${grouped(products)}`),
    signal,
  );
  progress.clear();
  say(describeAdded(added));
  const isNew = added.ids[0] === 1 && added.ids.length >= PRODUCTS_OF_ORDERS && !signal.aborted;
  const orders = isNew && (await app.get(OrdersRepository).count({}, 1)) === 0 ? await addDemoOrders(app) : 0;
  if (orders > 0) say(`Placed ${orders} orders of the first products.`);
  return { ...added, orders };
}

async function clearAll(app: INestApplicationContext, say: (text: string) => void): Promise<void> {
  const workers = await countLiveWorkers(app);
  await clearDemoData(app);
  say('Removed all products, stock, orders and their history.');
  if (workers > 0)
    say(
      `${workers === 1 ? 'A worker is' : `${workers} workers are`} running: jobs of the removed orders that are still in the queue find no order and do nothing.`,
    );
}

function describeAdded({ ids, units, outOfStock, low }: AddedProducts): string {
  if (ids.length === 0) return 'Added no products.';
  const which =
    ids.length === 1 ? `1 product (id ${ids[0]})` : `${grouped(ids.length)} products (ids ${ids[0]} to ${ids.at(-1)})`;
  return `Added ${which} with ${grouped(units)} units in stock; ${low} of them low, ${outOfStock} out of stock.`;
}
