import { registry } from '@app/platform';
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type HealthReport, HealthReporter } from './health-report';

const READY_TIMEOUT_MS = 2000;

const status = z.enum(['healthy', 'degraded', 'unhealthy']);
const check = z.looseObject({ status, message: z.string().optional() });
const healthSchema = z
  .object({
    status,
    timestamp: z.iso.datetime(),
    version: z.string(),
    environment: z.string(),
    checks: z.object({
      database: check,
      queue: check,
      workers: check,
      scheduler: check,
      outbox: check,
      application: check,
    }),
    system: z.object({
      cpu_percent: z.number(),
      memory_percent: z.number(),
      disk_percent: z.number(),
      load_average: z.array(z.number()),
    }),
  })
  .meta({ id: 'Health' });

@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(
    private readonly reporter: HealthReporter,
    private readonly terminus: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
  ) {}

  @Get('health')
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
  @ApiOperation({ summary: 'Is the process alive? Touches nothing outside of it.' })
  live() {
    return { status: 'alive' };
  }

  @Get('health/ready')
  @HealthCheck()
  @ApiOperation({ summary: 'Can it serve? Needs Postgres only.' })
  ready() {
    return this.terminus.check([() => this.database.pingCheck('database', { timeout: READY_TIMEOUT_MS })]);
  }

  @Get('health/metrics')
  @ApiOperation({ summary: 'Figures of this machine and process' })
  machine() {
    return this.reporter.machine();
  }

  @Get('metrics')
  @Header('content-type', registry.contentType)
  @ApiExcludeEndpoint()
  metrics(): Promise<string> {
    return registry.metrics();
  }
}
