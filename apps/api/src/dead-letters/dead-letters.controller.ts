import {
  DeadLetterNotFoundError,
  DeadLetterResolvedError,
  DeadLettersRepository,
  DeadLetterState,
  DeadLetterUnreadableError,
  type KeptDeadLetter,
  type Resolution,
  RESOLUTIONS,
  ResolveDeadLetter,
} from '@app/messaging';
import { IdempotencyKeyInUseError } from '@app/orders';
import type { Principal } from '@app/platform';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { EXAMPLE_ID } from '../openapi/example-of';

const idParam = z.uuid('Must be a UUID.').meta({
  example: EXAMPLE_ID,
  description: 'The dead letter. Take `id` from the list: this example is nobody’s.',
});

const deadLetterSchema = z
  .object({
    id: z.uuid().meta({ description: 'The id of the event.', example: EXAMPLE_ID }),
    queue: z.string().meta({ example: 'fulfillment' }),
    type: z.string().meta({ example: 'order.placed.v1' }),
    code: z.string().meta({ example: 'JOB_UNREADABLE' }),
    reason: z.string().meta({ example: 'No consumer knows order.placed.v9.' }),
    attempts: z.number().int().meta({ example: 1 }),
    created_at: z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' }),
    resolved_at: z.iso.datetime().nullable(),
    resolution: z.enum(RESOLUTIONS).nullable(),
    resolved_by: z.string().nullable().meta({ example: 'api' }),
    envelope: z.unknown().meta({ description: 'What was in the job.', example: { type: 'order.placed.v9' } }),
  })
  .meta({ id: 'DeadLetter' });

const listQuery = z.strictObject({
  include_resolved: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Those that were replayed or discarded too.', example: true }),
  ...pageQuery,
});

@ApiTags('dead letters')
@Controller('api/v1/dead_letters')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLettersRepository,
    private readonly resolveDeadLetter: ResolveDeadLetter,
    private readonly keyedWrites: KeyedWrites,
    private readonly paging: Paging,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List dead letters',
    description: 'Jobs that could not be handled, the newest first, each with its reason.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(deadLetterSchema, 'DeadLetterPage') })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>, @Req() request: FastifyRequest) {
    const openOnly = query.include_resolved !== 'true';
    return this.paging.page(
      request,
      {
        list: `dead letters ${openOnly}`,
        wish: query,
        fetch: (key, backwards, slice) =>
          this.deadLetters.find({
            openOnly,
            descending: !backwards,
            after: key && { createdAt: new Date(key[0]!), id: String(key[1]) },
            ...slice,
          }),
        keyOf: ({ createdAt, id }) => [createdAt.getTime(), id],
        count: (max) => this.deadLetters.count({ openOnly }, max),
      },
      toDeadLetter,
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a dead letter', description: 'Why it could not be handled, and what was in it.' })
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(400, new DeadLetterNotFoundError(EXAMPLE_ID))
  async detail(@Param('id', { schema: idParam }) id: string) {
    return toDeadLetter(await this.deadLetters.get(id));
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Replay a dead letter',
    description: 'Sends it again. Mend the cause first. It keeps its id, so nothing happens twice.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(
    400,
    new DeadLetterNotFoundError(EXAMPLE_ID),
    new DeadLetterResolvedError(EXAMPLE_ID, DeadLetterState.discarded),
    new DeadLetterUnreadableError(EXAMPLE_ID),
    new IdempotencyKeyInUseError(),
    422,
  )
  async replay(
    @Param('id', { schema: idParam }) id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.resolve(id, DeadLetterState.replayed, principal, request, reply);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Discard a dead letter', description: 'Marks it as done without sending it again.' })
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(
    400,
    new DeadLetterNotFoundError(EXAMPLE_ID),
    new DeadLetterResolvedError(EXAMPLE_ID, DeadLetterState.replayed),
    new IdempotencyKeyInUseError(),
    422,
  )
  async discard(
    @Param('id', { schema: idParam }) id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.resolve(id, DeadLetterState.discarded, principal, request, reply);
  }

  private resolve(
    id: string,
    resolution: Resolution,
    principal: Principal,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<void>(
      { request, reply, operation: `dead letter ${id} ${resolution}`, body: null },
      (once) => this.resolveDeadLetter.execute(id, resolution, principal, once),
      async (_, tx) => ({ body: toDeadLetter(await this.deadLetters.get(id, tx)) }),
    );
  }
}

function toDeadLetter(letter: KeptDeadLetter): z.infer<typeof deadLetterSchema> {
  return {
    id: letter.id,
    queue: letter.queue,
    type: letter.type,
    code: letter.code,
    reason: letter.reason,
    attempts: letter.attempts,
    created_at: letter.createdAt.toISOString(),
    resolved_at: letter.resolvedAt?.toISOString() ?? null,
    resolution: letter.resolution,
    resolved_by: letter.resolvedBy,
    envelope: letter.envelope,
  };
}
