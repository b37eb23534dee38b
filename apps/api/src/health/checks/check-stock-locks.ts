import { BlockedStock } from '@app/inventory';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

/** Orders that meet are quicker than this. */
const SECONDS_MIN = 2;
const NAMED_MAX = 5;

/** Products whose stock somebody keeps locked, as far as orders of this process met them. */
@Injectable()
export class CheckStockLocks implements HealthCheck {
  readonly needsDatabase = false;

  constructor(private readonly blockedStock: BlockedStock) {}

  async execute(): Promise<Check> {
    const blocked = this.blockedStock.list().filter(({ seconds }) => seconds >= SECONDS_MIN);
    if (blocked.length === 0) return { status: 'healthy', blocked_products: 0 };
    const named = blocked.slice(0, NAMED_MAX).map(({ productId }) => productId);
    return {
      status: 'degraded',
      blocked_products: blocked.length,
      longest_seconds: Math.round(Math.max(...blocked.map(({ seconds }) => seconds))),
      message:
        `Somebody keeps the stock of product ${named.join(', ')}${blocked.length > NAMED_MAX ? ', …' : ''} locked, and the orders for it ` +
        'wait; others go on. Who it is: docs/runbook.md, "Stock that stays locked"',
    };
  }
}
