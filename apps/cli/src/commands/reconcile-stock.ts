import { CompareReservations, ReconcileStock } from '@app/inventory';
import type { Config } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { withContexts } from '../cli.module';
import { confirmed } from '../confirmation';
import { driftTable, type StockDrift, stockDrift } from '../drift-table';
import { grouped, wholeNumber } from '../options';

interface ReconcileOptions {
  product?: number[];
  apply?: boolean;
  yes?: boolean;
  reason?: string;
  json?: boolean;
}

export function reconcileStockCommand(config: () => Config): Command {
  const id = wholeNumber(1, Number.MAX_SAFE_INTEGER);
  return new Command('reconcile-stock')
    .description('compare stock with its ledger and with what orders hold; exit code 1 while something differs')
    .option('--product <id...>', 'only these products', (text: string, ids: number[] | undefined) => [
      ...(ids ?? []),
      id(text),
    ])
    .option('--apply', 'set the levels that differ to their ledger, after showing them')
    .option('--yes', 'do not ask before --apply')
    .option('--reason <text>', 'why, for the ledger')
    .option('--json', 'print what differs as JSON')
    .addHelpText(
      'after',
      `
The ledger is the truth: each repair leaves a movement of quantity 0 that says who did it and why. What orders hold is only
compared. Where that differs while level and ledger agree, verify names the orders, and a person decides.`,
    )
    .action((options: ReconcileOptions) => withContexts(config(), (app) => reconcile(app, options)));
}

async function reconcile(app: INestApplicationContext, { product, apply, yes, reason, json }: ReconcileOptions) {
  const { checked, drift } = await find(app, product);
  if (product && checked < new Set(product).size)
    throw new Error(
      `${grouped(new Set(product).size - checked)} of the products given do not exist: nothing was compared.`,
    );
  if (json && !apply) {
    console.log(JSON.stringify({ checked, drift }, null, 2));
    if (drift.length > 0) process.exitCode = 1;
    return;
  }
  if (drift.length === 0) {
    console.log(`No drift: ${grouped(checked)} products are what their ledger says and what orders hold.`);
    return;
  }
  console.log(driftTable(drift));
  process.exitCode = 1;
  const repairable = drift.filter(({ ledger }) => ledger).map(({ productId }) => productId);
  if (repairable.length === 0)
    return console.log('Levels and ledger agree, so there is nothing to repair here: see verify.');
  if (!apply) return console.log('Nothing was changed. --apply sets the levels to their ledger.');
  if (!yes && !(await confirmed(`Set ${grouped(repairable.length)} levels to their ledger?`)))
    return console.log('Nothing was changed.');
  // Only what was shown: what drifted since then is for the next look.
  const { repaired } = await app
    .get(ReconcileStock)
    .execute({ productIds: repairable, repairAs: { actor: 'cli', reason } });
  console.log(`Set ${grouped(repaired)} of ${grouped(repairable.length)} levels to their ledger.`);
  const left = (await find(app, product)).drift;
  if (left.length > 0) console.log(`Still different:\n${driftTable(left)}`);
  else process.exitCode = 0;
}

async function find(
  app: INestApplicationContext,
  productIds?: number[],
): Promise<{ checked: number; drift: StockDrift[] }> {
  const { checked, drifted } = await app.get(ReconcileStock).execute({ productIds });
  return { checked, drift: stockDrift(drifted, await app.get(CompareReservations).execute(productIds)) };
}
