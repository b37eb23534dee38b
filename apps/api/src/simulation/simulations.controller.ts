import { IdempotencyKeyInUseError } from '@app/orders';
import type { Principal } from '@app/platform';
import {
  reportDocumentSchema,
  RequestRun,
  RUN_MINUTES_MAX,
  RUN_ROWS_MAX,
  RunNotFoundError,
  RunReportNotThereError,
  RUNS_KEPT_MAX,
  RUNS_UNDER_WAY_MAX,
  RunsRepository,
  RunStatus,
  type StoredRun,
} from '@app/simulation';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal } from '../access/current-principal';
import { Needs } from '../access/access';
import { OpenCredentials } from '../access/open-credentials';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { watchedStream } from '../http/watched-stream';
import { EXAMPLE_ID } from '../openapi/example-of';
import { SimulationStreams } from './simulation-streams';
import { simulationSchema, STREAM_EXAMPLE, toSimulation } from './simulation.response';
import { GIVEN_ROWS_MAX, type StartSimulationBody, startSimulationSchema, toWish } from './start-simulation.dto';

const idParam = z.uuid('Must be a UUID.').meta({
  example: EXAMPLE_ID,
  description: 'The simulation. Take `id` from the list: this example is nobody’s.',
});
const listQuery = z.strictObject(pageQuery);
const reportQuery = z.strictObject({
  format: z.enum(['json', 'pdf']).default('json').meta({ description: 'Every attempt as JSON, or a PDF to hand on.' }),
});

@ApiTags('simulation')
@Controller('api/v1/simulations')
export class SimulationsController {
  constructor(
    private readonly requestRun: RequestRun,
    private readonly runs: RunsRepository,
    private readonly streams: SimulationStreams,
    private readonly openCredentials: OpenCredentials,
    private readonly keyedWrites: KeyedWrites,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Needs('simulations:run')
  @ApiOperation({ summary: 'List simulations', description: `Newest first. The last ${RUNS_KEPT_MAX} are kept.` })
  @ApiOkResponse({ standardSchema: pageSchema(simulationSchema, 'SimulationPage') })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>, @Req() request: FastifyRequest) {
    return this.paging.page(
      request,
      {
        list: 'simulations',
        wish: query,
        fetch: (key, backwards, slice) =>
          this.runs.find({ after: key && String(key[0]), descending: !backwards, ...slice }),
        keyOf: ({ id }) => [id],
        count: (max) => this.runs.count(max),
      },
      toSimulation,
    );
  }

  @Post()
  @Needs('simulations:run')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Start a simulation',
    description: [
      `Inserts the thirty built-in rows, up to ${GIVEN_ROWS_MAX} of your own, or up to ${RUN_ROWS_MAX} that are made, into three databases with so many writers at once. The rows of the simulation before are removed from them first.`,
      'A worker carries it out, one simulation at a time: follow Location for its progress, and read its report when it is completed.',
      `At most ${RUNS_UNDER_WAY_MAX} wait or are carried out. One whose worker stops is begun again, up to three times; one that takes longer than ${RUN_MINUTES_MAX} minutes fails.`,
    ].join(' '),
  })
  @TakesIdempotencyKey()
  @ApiAcceptedResponse({ standardSchema: simulationSchema, description: 'It waits for a worker.' })
  @ApiProblems(400, new IdempotencyKeyInUseError(), 422, 503)
  async start(
    @Body({ schema: startSimulationSchema }) body: StartSimulationBody,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<StoredRun>(
      { request, reply, operation: 'start simulation', body },
      (once) => this.requestRun.execute(toWish(body), { principal, requestId: request.id }, once),
      (run) => ({ headers: { location: `/api/v1/simulations/${run.id}/` }, body: toSimulation(run) }),
    );
  }

  @Get(':id')
  @Needs('simulations:run')
  @ApiOperation({ summary: 'Read a simulation', description: 'How far it is; its figures move every half second.' })
  @ApiOkResponse({ standardSchema: simulationSchema })
  @ApiProblems(400, new RunNotFoundError(EXAMPLE_ID), 503)
  async detail(@Param('id', { schema: idParam }) id: string) {
    return toSimulation(await this.runs.get(id));
  }

  @Get(':id/stream')
  @Needs('simulations:run')
  @ApiOperation({
    summary: 'Watch a simulation',
    description: [
      'How far it is, as Server-Sent Events: `progress` whenever its figures or its status change, `end` when it is completed or failed.',
      'Each event is the whole simulation, so that nothing is missed by coming back. The stream ends with `end`; who comes back with the',
      'id of that event gets 204, which tells a browser to stop. Try it with `curl -N`.',
    ].join(' '),
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The last `id` that was received. Opaque.' })
  @ApiOkResponse({
    description: 'The stream.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: STREAM_EXAMPLE } },
  })
  @ApiNoContentResponse({ description: 'It has ended, and its last event is known.' })
  @ApiProblems(400, new RunNotFoundError(EXAMPLE_ID), 503)
  async stream(
    @Param('id', { schema: idParam }) id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const hasBegun = await this.streams.start(id, lastEventId, (onClose) =>
      watchedStream(this.openCredentials, request, reply, onClose),
    );
    if (!hasBegun) void reply.status(204).send();
  }

  @Get(':id/report')
  @Needs('simulations:run')
  @ApiOperation({
    summary: 'The report of a simulation',
    description: 'Every attempt with its thread, its times in milliseconds since the start, and what became of it.',
  })
  @ApiProduces('application/json', 'application/pdf')
  @ApiOkResponse({ standardSchema: reportDocumentSchema.meta({ id: 'SimulationReport' }) })
  @ApiProblems(
    400,
    new RunNotFoundError(EXAMPLE_ID),
    new RunReportNotThereError({ id: EXAMPLE_ID, status: RunStatus.running }),
    503,
  )
  async report(
    @Param('id', { schema: idParam }) id: string,
    @Query({ schema: reportQuery }) { format }: z.infer<typeof reportQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (format === 'pdf') {
      const pdf = await this.runs.getPdf(id);
      void reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', `attachment; filename="simulation-${id}.pdf"`)
        .send(pdf);
      return;
    }
    void reply.header('content-type', 'application/json; charset=utf-8').send(await this.runs.getReport(id));
  }
}
