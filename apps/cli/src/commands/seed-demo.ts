import { IntroduceProducts } from '@app/inventory';
import { type Config, Transactions } from '@app/platform';
import { findTakenSkus, ProductsRepository } from '@app/products';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, Option } from 'commander';
import { withContexts } from '../cli.module';
import { type AddedProducts, addDemoProducts } from '../demo/add-demo-products';
import { clearDemoData, countLiveWorkers } from '../demo/clear-demo-data';
import { interruption } from '../interruption';
import { grouped, wholeNumber } from '../options';
import { Progress } from '../progress';

interface SeedOptions {
  products: number;
  clear?: boolean;
  ifEmpty?: boolean;
}

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
    .option('--if-empty', 'do nothing when there is any product')
    .addHelpText(
      'after',
      `
Adds exactly the number you ask for. In a database that has products already these come on top: the next ones of the
demo catalogue whose SKUs are free. In an empty database they get the ids 1, 2, 3 …, and there is plenty of the first three.
--clear is refused when NODE_ENV is production. Running workers need not be stopped: jobs of removed orders do nothing.`,
    )
    .action(async (options: SeedOptions) => seedDemo(config(), options));
}

async function seedDemo(config: Config, { products, clear, ifEmpty }: SeedOptions): Promise<void> {
  if (clear && config.NODE_ENV === 'production')
    throw new Error('--clear removes every order and product, so it is refused while NODE_ENV is production.');
  const signal = interruption();
  await withContexts(config, async (app) => {
    if (ifEmpty && (await app.get(ProductsRepository).count({}, 1)) > 0) {
      console.log('There are products already: nothing to do.');
      return;
    }
    if (clear) await clearAll(app);
    const progress = new Progress();
    const added = await addDemoProducts(
      products,
      {
        findTaken: (skus) => app.get(Transactions).run((tx) => findTakenSkus(tx, skus)),
        add: (batch) => app.get(IntroduceProducts).execute(batch, { actor: 'cli' }),
      },
      (soFar) => progress.show(`Adding products: ${grouped(soFar)} of ${grouped(products)}`),
      signal,
    );
    progress.clear();
    console.log(describeAdded(added));
    signal.throwIfAborted();
  });
}

async function clearAll(app: INestApplicationContext): Promise<void> {
  const workers = await countLiveWorkers(app);
  await clearDemoData(app);
  console.log('Removed all products, stock, orders and their history.');
  if (workers > 0)
    console.log(
      `${workers === 1 ? 'A worker is' : `${workers} workers are`} running: jobs of the removed orders that are still in the queue find no order and do nothing.`,
    );
}

function describeAdded({ ids, units, outOfStock, low }: AddedProducts): string {
  if (ids.length === 0) return 'Added no products.';
  const which =
    ids.length === 1 ? `1 product (id ${ids[0]})` : `${grouped(ids.length)} products (ids ${ids[0]} to ${ids.at(-1)})`;
  return `Added ${which} with ${grouped(units)} units in stock; ${low} of them low, ${outOfStock} out of stock.`;
}
