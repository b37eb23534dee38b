import {
  type ActionFilter,
  type ActionSelect,
  type ActionSource,
  type Bind,
  filtersOf,
  SelectedActions,
} from '@app/audit';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What is done to a stock level by itself: goods received, counted or taken out, and written off. */
export const STOCK_ACTIONS = ['receive', 'adjust', 'damage'] as const;

/**
 * Who changed what is on hand, and by which request. What orders hold and take is not here: their own changes say who asked for it,
 * and the ledger of a product lists every movement.
 */
@Injectable()
export class StockActions {
  constructor(private readonly dataSource: DataSource) {}

  sources(): ActionSource[] {
    const serves = ({ action }: ActionFilter) =>
      action === undefined || STOCK_ACTIONS.some((known) => known === action);
    return [new SelectedActions(this.dataSource, 'stock', serves, select)];
  }
}

/** By product, else by actor, else by time: each has an index, and none of them has the movements of orders. */
function select({ id, actorText, action }: ActionFilter, bind: Bind): ActionSelect {
  const served =
    id !== undefined
      ? [`movement.product_id = ${bind(id)}::bigint`]
      : actorText !== undefined
        ? [`movement.processed_by = ${bind(actorText)}`]
        : [];
  return {
    from: 'inventory.stock_movements movement',
    where: ['movement.order_id is null', ...served],
    time: 'movement.created_at',
    keys: [['movement.id', 'bigint']],
    columns: ['movement.*'],
    tells: {
      action: 'scanned.kind',
      actor_text: 'scanned.processed_by',
      id: 'scanned.product_id::text',
      request_id: 'scanned.request_id',
      reason: 'scanned.notes',
      before: `jsonb_build_object('on_hand', scanned.previous_on_hand)`,
      after: `jsonb_build_object('on_hand', scanned.new_on_hand)`,
      details: `jsonb_build_object('movement_id', scanned.id, 'quantity', scanned.quantity, 'reference_number', scanned.reference_number)`,
    },
    filters: filtersOf({ action, ...(id !== undefined && { actorText }) }, bind),
  };
}
