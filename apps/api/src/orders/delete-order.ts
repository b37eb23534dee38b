import {
  CancelOrder,
  CannotCancelOrderError,
  type CancelledOrder,
  IdempotencyKeyInUseError,
  OrderNotFoundError,
  OrderStatus,
} from '@app/orders';
import type { ExpectedVersions, Principal } from '@app/platform';
import { applyDecorators, HttpCode, Injectable } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../http/api-problems';
import { TakesIfMatch } from '../http/conditions';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { EXAMPLE_ID } from '../openapi/example-of';

/** This route cancels an order and answers with nothing. */
export function DeletesOrder(summary: string, description: string) {
  return applyDecorators(
    HttpCode(204),
    ApiOperation({ summary, description }),
    TakesIfMatch(),
    TakesIdempotencyKey(),
    ApiNoContentResponse({ description: 'It is cancelled.' }),
    ApiProblems(
      400,
      new OrderNotFoundError(EXAMPLE_ID),
      new CannotCancelOrderError(OrderStatus.delivered),
      new IdempotencyKeyInUseError(),
      412,
      422,
      503,
    ),
  );
}

/** Cancels an order for a client that wants it deleted: without a reason, and once for its Idempotency-Key. */
@Injectable()
export class DeleteOrder {
  constructor(
    private readonly cancelOrder: CancelOrder,
    private readonly keyedWrites: KeyedWrites,
  ) {}

  async execute(
    orderId: string,
    expected: ExpectedVersions,
    principal: Principal,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const cancellation = { orderId, reason: null, principal, requestId: request.id, expected };
    await this.keyedWrites.answer<CancelledOrder>(
      { request, reply, operation: `delete order ${orderId}`, body: null },
      (once) => this.cancelOrder.execute(cancellation, once),
      () => ({}),
    );
  }
}
