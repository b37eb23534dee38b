import { DatabaseProbe, isStopping, registry, UnavailableError } from '@app/platform';
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { ForEverybody } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { type HealthReport, HealthReporter } from './health-report';
import { aliveSchema, healthSchema, machineSchema, METRICS_EXAMPLE, readySchema } from './health.response';

const READY_TIMEOUT_MS = 2000;

@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(
    private readonly reporter: HealthReporter,
    private readonly terminus: HealthCheckService,
    private readonly database: DatabaseProbe,
  ) {}

  @Get('health')
  @ForEverybody()
  @ApiOperation({
    summary: 'Is everything well?',
    description:
      'healthy; degraded: orders are taken but something else is not right; unhealthy: orders cannot be taken.',
  })
  @ApiOkResponse({ standardSchema: healthSchema })
  @ApiResponse({ status: 503, standardSchema: healthSchema, description: 'Unhealthy.' })
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.reporter.report();
    void reply.status(report.status === 'unhealthy' ? 503 : 200).header('cache-control', 'no-store');
    return report;
  }

  @Get('health/live')
  @ForEverybody()
  @ApiOperation({
    summary: 'Is the process alive?',
    description: 'Touches nothing outside of it: for liveness probes.',
  })
  @ApiOkResponse({ standardSchema: aliveSchema })
  live() {
    return { status: 'alive' };
  }

  @Get('health/ready')
  @ForEverybody()
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Can it serve?', description: 'Needs Postgres only: for readiness probes.' })
  @ApiOkResponse({ standardSchema: readySchema })
  @ApiProblems(503)
  ready() {
    if (isStopping()) throw new UnavailableError('This process is stopping.');
    return this.terminus.check([async () => ({ database: { status: await this.databaseStatus() } })]);
  }

  @Get('health/metrics')
  @ForEverybody()
  @ApiOperation({ summary: 'Figures of this machine', description: 'Processor, memory and disk, and this process.' })
  @ApiOkResponse({ standardSchema: machineSchema })
  machine() {
    return this.reporter.machine();
  }

  @Get('metrics')
  @ForEverybody()
  @Header('content-type', registry.contentType)
  @ApiOperation({ summary: 'Metrics', description: 'In the text format of Prometheus.' })
  @ApiOkResponse({
    content: { 'text/plain': { schema: { type: 'string' }, example: METRICS_EXAMPLE } },
    description: 'Done.',
  })
  metrics(): Promise<string> {
    return registry.metrics();
  }

  private databaseStatus(): Promise<'up' | 'down'> {
    return this.database.answerMs(READY_TIMEOUT_MS).then(
      () => 'up',
      () => 'down',
    );
  }
}
