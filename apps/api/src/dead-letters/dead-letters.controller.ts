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
import { Needs } from '../access/access';
import { CurrentPrincipal } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { EXAMPLE_DEAD_LETTER_IDS, EXAMPLE_ID } from '../openapi/example-of';

const [EXAMPLE, DISCARDED_EXAMPLE] = EXAMPLE_DEAD_LETTER_IDS;

const idParam = z.uuid('Must be a UUID.').meta({
  example: EXAMPLE,
  description: 'The dead letter. Take `id` from the list: where no job failed, nobody has this example.',
});

/** Whole, so that it can be replayed; `type` is of a version that this one does not know. */
const EXAMPLE_ENVELOPE = {
  id: EXAMPLE,
  type: 'order.placed.v9',
  occurred_at: '2026-11-20T10:00:00.000Z',
  aggregate_id: EXAMPLE_ID,
  aggregate_version: 1,
  correlation_id: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c21',
  payload: {},
};

const deadLetterSchema = z
  .object({
    id: z.uuid().meta({ description: 'The id of the event.', example: EXAMPLE }),
    queue: z.string().meta({ example: 'fulfillment' }),
    type: z.string().meta({ example: EXAMPLE_ENVELOPE.type }),
    code: z.string().meta({ example: 'JOB_UNREADABLE' }),
    reason: z.string().meta({ example: 'No consumer knows order.placed.v9.' }),
    attempts: z.number().int().meta({ example: 1 }),
    created_at: z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' }),
    resolved_at: z.iso.datetime().nullable().meta({ example: null }),
    resolution: z.enum(RESOLUTIONS).nullable().meta({ example: null }),
    resolved_by: z.string().nullable().meta({ example: null }),
    envelope: z.unknown().meta({ description: 'What was in the job.', example: EXAMPLE_ENVELOPE }),
  })
  .meta({ id: 'DeadLetter' });

/** The example as it is once somebody decided about it. */
function resolvedExample(id: string, resolution: Resolution): z.infer<typeof deadLetterSchema> {
  return {
    id,
    queue: 'fulfillment',
    type: EXAMPLE_ENVELOPE.type,
    code: 'JOB_UNREADABLE',
    reason: 'No consumer knows order.placed.v9.',
    attempts: 1,
    created_at: '2026-11-20T10:00:00.000Z',
    resolved_at: '2026-11-20T10:30:00.000Z',
    resolution,
    resolved_by: 'api',
    envelope: { ...EXAMPLE_ENVELOPE, id },
  };
}

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
  @Needs('operations:read')
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
  @Needs('operations:read')
  @ApiOperation({ summary: 'Read a dead letter', description: 'Why it could not be handled, and what was in it.' })
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(400, new DeadLetterNotFoundError(EXAMPLE))
  async detail(@Param('id', { schema: idParam }) id: string) {
    return toDeadLetter(await this.deadLetters.get(id));
  }

  @Post(':id/replay')
  @Needs('operations:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Replay a dead letter',
    description: 'Sends it again. Mend the cause first. It keeps its id, so nothing happens twice.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: deadLetterSchema, example: resolvedExample(EXAMPLE, DeadLetterState.replayed) })
  @ApiProblems(
    400,
    new DeadLetterNotFoundError(EXAMPLE),
    new DeadLetterResolvedError(EXAMPLE, DeadLetterState.discarded),
    new DeadLetterUnreadableError(EXAMPLE),
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
  @Needs('operations:write')
  @HttpCode(200)
  @ApiOperation({ summary: 'Discard a dead letter', description: 'Marks it as done without sending it again.' })
  @TakesIdempotencyKey()
  @ApiOkResponse({
    standardSchema: deadLetterSchema,
    example: resolvedExample(DISCARDED_EXAMPLE, DeadLetterState.discarded),
  })
  @ApiProblems(
    400,
    new DeadLetterNotFoundError(DISCARDED_EXAMPLE),
    new DeadLetterResolvedError(DISCARDED_EXAMPLE, DeadLetterState.replayed),
    new IdempotencyKeyInUseError(),
    422,
  )
  async discard(
    @Param('id', { schema: idParam.meta({ example: DISCARDED_EXAMPLE }) }) id: string,
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
