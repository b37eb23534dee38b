import { CompareReservations, ReconcileStock } from '@app/inventory';
import { RepairStock, type StockRepair } from '@app/orders';
import type { Config } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Command } from 'commander';
import { withContexts } from '../cli.module';
import { confirmed } from '../confirmation';
import { correctionLine } from '../correction-line';
import { driftTable, type StockDrift, stockDrift } from '../drift-table';
import { grouped, wholeNumber } from '../options';
import { OPERATOR } from '../principal';

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
    .description('compare stock with its ledger and with what orders reserve; exit code 1 while something differs')
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
Orders are believed about what they hold: reservations are set to them, and the ledger gets the movements that it lacks. Levels
are set to the ledger. Each repair leaves a movement of quantity 0 that says who did it and why. Goods that left by the ledger and
not by their order are for a person: count the shelf.`,
    )
    .action((options: ReconcileOptions) => withContexts(config(), (app) => reconcile(app, options)));
}

async function reconcile(app: INestApplicationContext, { product, apply, yes, reason, json }: ReconcileOptions) {
  const { checked, drift, ofOrders } = await find(app, product);
  if (product && checked < new Set(product).size)
    throw new Error(
      `${grouped(new Set(product).size - checked)} of the products given do not exist: nothing was compared.`,
    );
  if (json && !apply) {
    console.log(JSON.stringify({ checked, drift, of_orders: ofOrders }, null, 2));
    if (drift.length + ofOrders.length > 0) process.exitCode = 1;
    return;
  }
  if (drift.length === 0 && ofOrders.length === 0) {
    console.log(`No drift: ${grouped(checked)} products are what their ledger says and what orders reserve.`);
    return;
  }
  show(drift, ofOrders);
  process.exitCode = 1;
  const repairable = drift.filter(({ ledger }) => ledger).map(({ productId }) => productId);
  const suspects = [...new Set(ofOrders.map(({ productId }) => productId))];
  if (repairable.length === 0 && suspects.length === 0)
    return console.log('Levels and ledger agree, so there is nothing to repair here: see verify.');
  if (!apply)
    return console.log(
      `Nothing was changed. --apply sets ${suspects.length > 0 ? 'reservations and ledger to the orders, and ' : ''}the levels to their ledger.`,
    );
  const question =
    suspects.length > 0
      ? `Correct the stock of ${grouped(suspects.length)} products to their orders, and ${grouped(repairable.length)} levels?`
      : `Set ${grouped(repairable.length)} levels to their ledger?`;
  if (!yes && !(await confirmed(question))) return console.log('Nothing was changed.');
  if (suspects.length > 0) {
    const corrected = await app.get(RepairStock).execute(suspects, { principal: OPERATOR, reason });
    console.log(
      `Corrected ${grouped(corrected.repaired.length)} of ${grouped(suspects.length)} products to their orders.`,
    );
  }
  if (repairable.length > 0) {
    // Only what was shown: what drifted since then is for the next look.
    const { repaired } = await app
      .get(ReconcileStock)
      .execute({ productIds: repairable, repairAs: { principal: OPERATOR, reason } });
    const already = suspects.filter((id) => repairable.includes(id)).length;
    if (repaired > 0 || already < repairable.length)
      console.log(`Set ${grouped(repaired)} of ${grouped(repairable.length)} levels to their ledger.`);
  }
  const left = await find(app, product);
  if (left.drift.length > 0 || left.ofOrders.length > 0) {
    console.log('Still different:');
    show(left.drift, left.ofOrders);
  } else process.exitCode = 0;
}

async function find(
  app: INestApplicationContext,
  productIds?: number[],
): Promise<{ checked: number; drift: StockDrift[]; ofOrders: StockRepair['found'] }> {
  const { checked, drifted } = await app.get(ReconcileStock).execute({ productIds });
  const mismatches = await app.get(CompareReservations).execute(productIds);
  const { found } = await app.get(RepairStock).execute(productIds);
  return { checked, drift: stockDrift(drifted, mismatches), ofOrders: found };
}

function show(drift: readonly StockDrift[], ofOrders: StockRepair['found']): void {
  if (drift.length > 0) console.log(driftTable(drift));
  for (const stock of ofOrders) console.log(correctionLine(stock));
}
