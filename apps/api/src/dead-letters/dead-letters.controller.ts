import { DeadLettersRepository, type KeptDeadLetter, ResolveDeadLetter } from '@app/messaging';
import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems';
import { pageQuery, pageSchema, Paging } from '../http/paging';

const idParam = z.uuid('Must be a UUID.').meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' });

const deadLetterSchema = z
  .object({
    id: z.uuid().meta({ description: 'The id of the event.' }),
    queue: z.string().meta({ example: 'fulfillment' }),
    type: z.string().meta({ example: 'order.placed.v1' }),
    code: z.string().meta({ example: 'JOB_UNREADABLE' }),
    reason: z.string().meta({ example: 'No consumer knows order.placed.v9.' }),
    attempts: z.number().int().meta({ example: 1 }),
    created_at: z.iso.datetime(),
    resolved_at: z.iso.datetime().nullable(),
    resolution: z.enum(['replayed', 'discarded']).nullable(),
    envelope: z.unknown().meta({ description: 'What was in the job.' }),
  })
  .meta({ id: 'DeadLetter' });

const listQuery = z.strictObject({
  include_resolved: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Those that were replayed or discarded too.' }),
  ...pageQuery,
});

@ApiTags('operations')
@Controller('api/v1/dead_letters')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLettersRepository,
    private readonly resolveDeadLetter: ResolveDeadLetter,
    private readonly paging: Paging,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Jobs that could not be handled', description: 'The newest first, each with its reason.' })
  @ApiOkResponse({ standardSchema: pageSchema(deadLetterSchema, 'DeadLetterPage') })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>, @Req() request: FastifyRequest) {
    const openOnly = query.include_resolved !== 'true';
    return this.paging.page(
      request,
      {
        list: `dead letters ${openOnly}`,
        pageSize: query.page_size,
        cursor: query.cursor,
        fetch: (key, backwards, limit) =>
          this.deadLetters.find({
            openOnly,
            descending: !backwards,
            after: key && { createdAt: new Date(key[0]!), id: String(key[1]) },
            limit,
          }),
        keyOf: ({ createdAt, id }) => [createdAt.getTime(), id],
        count: (max) => this.deadLetters.count({ openOnly }, max),
      },
      toDeadLetter,
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'One dead letter' })
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(400, 404, 503)
  async detail(@Param('id', { schema: idParam }) id: string) {
    return toDeadLetter(await this.deadLetters.get(id));
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send it again',
    description: 'Mend the cause first. It keeps its id, so nothing happens twice.',
  })
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(400, 404, 409, 503)
  async replay(@Param('id', { schema: idParam }) id: string) {
    await this.resolveDeadLetter.execute(id, 'replayed');
    return toDeadLetter(await this.deadLetters.get(id));
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark it as done without sending it again' })
  @ApiOkResponse({ standardSchema: deadLetterSchema })
  @ApiProblems(400, 404, 409, 503)
  async discard(@Param('id', { schema: idParam }) id: string) {
    await this.resolveDeadLetter.execute(id, 'discarded');
    return toDeadLetter(await this.deadLetters.get(id));
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
    envelope: letter.envelope,
  };
}
