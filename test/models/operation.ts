import { randomUUID } from 'node:crypto';
import { AdjustStock } from '@app/inventory';
import {
  CancelOrder,
  CannotCancelOrderError,
  CompleteStage,
  ApplyTransitions,
  type TransitionOutcome,
  type OrderStatus,
  type PlacementRequest,
  PlaceOrders,
  ResumeOrders,
  stageFrom,
  SweepStaleOrders,
} from '@app/orders';
import { CommitOutcomeUnknownError, DomainError } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { ProcessDied } from '../support/commit-faults';
import { aPlacement } from '../support/factories';
import type { Wish } from './shop-commands';
import { type ModelRequest, NEXT, type ShopModel } from './shop-model';
import { nothingQueued } from '../support/stale';
import { TESTER } from '../support/principals';

/** What became of it, in words that the model uses too. */
export type Outcome = Record<string, unknown>;

/** A part of an operation that happens at one moment, and its part of the outcome. */
export interface Step {
  inModel: (model: ShopModel, inUse?: ReadonlySet<number>) => Outcome;
  /** Whether it has anything to commit; when not given, it has. */
  commits?: (model: ShopModel) => boolean;
}

/** A wish about certain orders, for the product and for the model. */
export interface Operation {
  name: string;
  steps: Step[];
  inProduct: (app: INestApplicationContext) => Promise<Outcome>;
  /** Idempotency keys of its requests, by their index. */
  keys: (string | undefined)[];
}

/** The ids that a run knows: numbers in wishes stand for these. */
export interface Known {
  products: readonly number[];
  /** Prefix of keys and references, so that runs do not meet. */
  run: string;
  ids: readonly string[];
  growOld: (orderId: string) => Promise<void>;
}

const NOBODY = '00000000-0000-4000-8000-000000000000';
const SWEEP_PARTS = ['delivered', 'failed', 'putBack', 'requeued'] as const;

/** Makes an operation of a wish: which orders it is about follows from what the model holds now. */
export function operation(wish: Wish, model: ShopModel, known: Known): Operation {
  const orders = [...model.orders.keys()];
  const orderOf = (index: number) => orders[index % orders.length] ?? NOBODY;
  const one = (
    inModel: Step['inModel'],
    inProduct: Operation['inProduct'],
    keys: Operation['keys'] = [],
  ): Operation => ({
    name: JSON.stringify(wish),
    steps: [{ inModel }],
    inProduct,
    keys,
  });

  switch (wish.name) {
    case 'place': {
      const requests = wish.requests.map((request) => toModelRequest(request, known));
      return one(
        (it, inUse) => ({ placed: it.place(requests, inUse) }),
        async (app) => ({ placed: await place(app, requests) }),
        requests.map(({ key }) => key),
      );
    }
    case 'cancel': {
      const orderId = orderOf(wish.order);
      return one(
        (it) => ({ cancelled: it.cancel(orderId) }),
        async (app) => ({ cancelled: await cancel(app, orderId) }),
      );
    }
    case 'handleEvent': {
      const orderId = orderOf(wish.order);
      const events = model.orders.get(orderId)?.events.filter(({ status }) => NEXT[status]) ?? [];
      const from = events[wish.event % events.length]?.status ?? 'pending';
      return one(
        (it) => ({ moved: it.runStage(orderId, from) }),
        async (app) => {
          const work = { stage: stageFrom(from)!, orderId, principal: TESTER, requestId: 'test', priority: 2 };
          return { moved: movedOf(await app.get(CompleteStage, { strict: false }).execute(work)) };
        },
      );
    }
    case 'putBack':
    case 'fail': {
      const orderId = orderOf(wish.order);
      const move =
        wish.name === 'fail' ? { to: 'failed' as const } : { to: 'pending' as const, from: 'processing' as const };
      return one(
        (it) => ({ moved: it[wish.name](orderId) }),
        async (app) => ({ moved: await moveTo(app, orderId, move) }),
      );
    }
    case 'growOld': {
      const orderId = orderOf(wish.order);
      return one(
        (it) => (it.grownOld(orderId), {}),
        async () => (await known.growOld(orderId), {}),
      );
    }
    case 'sweep':
      return {
        name: 'sweep',
        steps: SWEEP_PARTS.map((part) => ({
          // No order has a dead letter here that would keep the sweep away.
          inModel: (it) => ({ [part]: it.sweep(part), blocked: 0, inconsistent: 0 }),
          commits: (it) => it.copy().sweep(part) > 0,
        })),
        inProduct: async (app) => ({
          ...(await app
            .get(SweepStaleOrders, { strict: false })
            .execute({ principal: TESTER, requestId: 'test' }, nothingQueued)),
        }),
        keys: [],
      };
    case 'resume':
      return one(
        (it) => ({ resumed: it.resume() }),
        async (app) => ({ resumed: await app.get(ResumeOrders, { strict: false }).execute('test') }),
      );
    case 'adjust': {
      const productId = known.products[wish.product]!;
      const { type, quantity } = wish;
      return one(
        (it) => ({ adjusted: it.adjust(productId, type, quantity) }),
        async (app) => ({ adjusted: await adjust(app, { productId, type, quantity, principal: TESTER }) }),
      );
    }
  }
}

/** Runs it; a crash is an outcome too. */
export async function run({ inProduct }: Operation, app: INestApplicationContext): Promise<Outcome> {
  try {
    return await inProduct(app);
  } catch (error) {
    if (error instanceof ProcessDied) return { crash: 'died' };
    if (error instanceof CommitOutcomeUnknownError) return { crash: 'unknown' };
    throw error;
  }
}

function toModelRequest(request: (Wish & { name: 'place' })['requests'][number], known: Known): ModelRequest {
  const { lines, key, body, id, reference } = request;
  return {
    orderId: id === undefined ? randomUUID() : known.ids[id]!,
    orderIdGiven: id !== undefined,
    lines: lines.map(({ product, quantity }) => ({ product: known.products[product] ?? 999_999_999, quantity })),
    key: key === undefined ? undefined : `${known.run}-${key}`,
    body,
    reference: reference === undefined ? undefined : `${known.run}-${reference}`,
  };
}

async function place(app: INestApplicationContext, requests: readonly ModelRequest[]): Promise<string[]> {
  const outcomes = await app.get(PlaceOrders, { strict: false }).execute(requests.map(toPlacementRequest));
  return outcomes.map((outcome) => {
    if (outcome.result === 'refused') return outcome.error.code;
    return outcome.result === 'replayed' ? outcome.reply : 'placed';
  });
}

function toPlacementRequest({ orderId, orderIdGiven, lines, key, body, reference }: ModelRequest): PlacementRequest {
  return aPlacement({
    orderId,
    orderIdGiven,
    lines: lines.map(({ product, quantity }) => ({ productId: product, quantity })),
    externalReference: reference ?? null,
    idempotency:
      key === undefined ? undefined : { key, fingerprint: body, render: ({ order }) => `replayed ${order.id}` },
  });
}

async function cancel(app: INestApplicationContext, orderId: string): Promise<string> {
  try {
    const cancelled = await app
      .get(CancelOrder, { strict: false })
      .execute({ orderId, reason: null, principal: TESTER, requestId: 'test' });
    return `moved to version ${cancelled.version}`;
  } catch (error) {
    if (error instanceof CannotCancelOrderError) return error.message;
    return codeOf(error);
  }
}

async function moveTo(
  app: INestApplicationContext,
  orderId: string,
  move: { to: OrderStatus; from?: OrderStatus },
): Promise<string> {
  const [outcome] = await app
    .get(ApplyTransitions, { strict: false })
    .execute([{ orderId, ...move, principal: TESTER, requestId: 'test', reason: 'by hand' }]);
  return movedOf(outcome!);
}

function movedOf(outcome: TransitionOutcome): string {
  return outcome.result === 'moved' ? `moved to version ${outcome.version}` : 'not moved';
}

async function adjust(
  app: INestApplicationContext,
  adjustment: Parameters<AdjustStock['execute']>[0],
): Promise<string> {
  try {
    const { previousQuantity, newQuantity } = await app.get(AdjustStock, { strict: false }).execute(adjustment);
    return `${previousQuantity} to ${newQuantity}`;
  } catch (error) {
    return codeOf(error);
  }
}

/** The code of a refusal; what is no refusal is thrown on. */
function codeOf(error: unknown): string {
  if (error instanceof DomainError && error.kind !== 'unavailable') return error.code;
  throw error;
}
