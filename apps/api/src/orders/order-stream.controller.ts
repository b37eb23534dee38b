import { InvalidInputError } from '@app/platform';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsOrOwnOrders } from '../access/access';
import { ownerOf } from '../access/access-check';
import { OpenCredentials } from '../access/open-credentials';
import { OwnOrders } from '../access/own-orders';
import { ApiProblems } from '../http/api-problems';
import { watchedStream } from '../http/watched-stream';
import { type OrderStreamQuery, orderStreamSchema, streamBegin, streamFilter } from './order-stream.dto';
import { STREAM_EXAMPLE } from './order-stream.response';
import { OrderStreams } from './order-streams';

@ApiTags('orders')
@Controller('api/v1/orders')
export class OrderStreamController {
  constructor(
    private readonly streams: OrderStreams,
    private readonly ownOrders: OwnOrders,
    private readonly openCredentials: OpenCredentials,
  ) {}

  @Get('stream')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'Watch orders',
    description: [
      'Changes of status as they happen, as Server-Sent Events.',
      'An endless answer, for which "Execute" would wait: try it with `curl -N http://localhost:8000/api/v1/orders/stream/`,',
      'or `new EventSource(url)` in a browser.',
      'Each event `status` has the order, its status before and now, and its version, which never goes back.',
      'Send the last `id` as `Last-Event-ID` to get everything that happened since, once and in order, and then what happens next;',
      'browsers do so by themselves. Without it, the stream begins now.',
      'Events are kept for `OUTBOX_RETENTION_HOURS`. The event `reset` says that some before it may be missing: `expired`, or `unknown`',
      'when the id is of another database, or `too_many` when more than 50,000 events happened since. Read the orders then, and go on. A comment every 15 s shows that the stream is alive.',
      'A reader that does not keep up is disconnected, and goes on from its last id.',
    ].join(' '),
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last `id` that was received. Opaque.',
  })
  @ApiOkResponse({
    description: 'The stream. It ends when the server stops: come back after `retry` milliseconds.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: STREAM_EXAMPLE } },
  })
  @ApiProblems(400, 503)
  async stream(
    @Query({ schema: orderStreamSchema }) query: OrderStreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = streamBegin(lastEventId, query);
    await this.checkOwner(query, request);
    await this.streams.start(after, streamFilter(query), (onClose) =>
      watchedStream(this.openCredentials, request, reply, onClose),
    );
  }

  /** Events do not say whose order they are about: a customer names the orders, which are looked at once. */
  private async checkOwner({ order_id: orderIds }: OrderStreamQuery, request: FastifyRequest): Promise<void> {
    const userId = ownerOf(request);
    if (userId === undefined) return;
    if (orderIds === undefined)
      throw new InvalidInputError('The request is not valid.', [
        { field: 'order_id', code: 'required', message: 'Name the orders of yours that you want to watch.' },
      ]);
    await this.ownOrders.checkAll(orderIds, userId);
  }
}
