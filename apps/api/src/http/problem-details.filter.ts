import { DomainError, isDatabaseUnavailable, type Logger, UnavailableError } from '@app/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { buildProblem, type Problem, sendProblem, STATUS_OF_KIND, TRANSPORT_PROBLEMS } from './problem';
import type { RouteTable } from './route-table';

const RETRY_AFTER_SECONDS = 1;
/** Which credentials there are (RFC 9110, section 11.6.1). */
const CHALLENGE = 'Bearer realm="order-fulfillment", ApiKey realm="order-fulfillment", header="X-API-Key"';

/** The one place where an error becomes an HTTP answer. No stack and no message of the database ever leaves here. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: RouteTable,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.toProblem(exception, request);
    if (problem.status >= 500 && problem.status !== 503)
      this.logger.error({ err: exception, request_id: request.id, url: problem.instance }, 'http.unexpected_error');
    if (problem.status === 503) {
      this.logger.warn({ err: exception, request_id: request.id, url: problem.instance }, 'http.unavailable');
      void reply.header('retry-after', RETRY_AFTER_SECONDS);
    }
    if (problem.status === 401) void reply.header('www-authenticate', CHALLENGE);
    if (exception instanceof DomainError && exception.retryAfterSeconds !== undefined)
      void reply.header('retry-after', exception.retryAfterSeconds);
    if (problem.status === 405) void reply.header('allow', this.routes.methodsOf(problem.instance).join(', '));
    sendProblem(reply, problem);
  }

  private toProblem(exception: unknown, request: FastifyRequest): Problem {
    if (exception instanceof DomainError) {
      const { kind, code, message, fields, members } = exception;
      return buildProblem(STATUS_OF_KIND[kind], code, message, request, fields, members);
    }
    if (isDatabaseUnavailable(exception))
      return this.toProblem(new UnavailableError('The database cannot be reached. Try again in a moment.'), request);
    if (exception instanceof HttpException) return this.fromHttpException(exception, request);
    return buildProblem(
      500,
      'INTERNAL_ERROR',
      'Something went wrong here. The request id finds it in the logs.',
      request,
    );
  }

  private fromHttpException(exception: HttpException, request: FastifyRequest): Problem {
    const status = exception.getStatus();
    if (status === 404) return this.unmatched(request);
    const [code, detail] = TRANSPORT_PROBLEMS[status] ?? ['HTTP_ERROR', exception.message];
    return buildProblem(status, code, detail, request);
  }

  /** No route has this method and path, or the one that has it (the folder of a page) found nothing. */
  private unmatched(request: FastifyRequest): Problem {
    const path = request.url.split('?')[0]!;
    const methods = this.routes.methodsOf(path);
    return methods.length > 0 && !methods.includes(request.method)
      ? buildProblem(405, 'METHOD_NOT_ALLOWED', `${path} does not have ${request.method}: see Allow.`, request)
      : buildProblem(404, 'ROUTE_NOT_FOUND', `There is no ${request.method} ${path}.`, request);
  }
}
