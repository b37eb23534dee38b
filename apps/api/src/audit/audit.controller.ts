import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { pageSchema } from '../http/paging';
import { auditEntrySchema } from './audit.response';
import { AuditTrail } from './audit-trail';
import { type ListAuditQuery, listAuditSchema, toActionFilter } from './list-audit.dto';

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Needs('audit:read')
  @ApiOperation({
    summary: 'Who did what',
    description:
      'What was done to orders, products, stock and accounts, the newest first: by whom, when, and by which request. It goes back as far as versions and security events are kept. A page may have fewer entries than asked for, or none, and a `next` all the same: what one request reads is bounded, and `next` looks further.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(auditEntrySchema, 'AuditPage') })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listAuditSchema }) query: ListAuditQuery, @Req() request: FastifyRequest) {
    return this.trail.page(toActionFilter(query), query, request);
  }
}
