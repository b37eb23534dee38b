import { DomainError, isConnectionLoss, isPoolExhausted, LOGGER, type Logger, UnavailableError } from '@app/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { buildProblem, type Problem, STATUS_OF_KIND } from './problem';

const RETRY_AFTER_SECONDS = 1;

/** Errors of Fastify itself, before a handler ran; Nest hands them on with their status only. */
const TRANSPORT_PROBLEMS: Record<number, [code: string, detail: string]> = {
  400: ['INVALID_BODY', 'The body cannot be read as JSON.'],
  413: ['BODY_TOO_LARGE', 'The body is too large.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.'],
};

/** The one place where an error becomes an HTTP answer. No stack and no message of the database ever leaves here. */
@Catch()
@Injectable()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

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
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
  }

  private toProblem(exception: unknown, request: FastifyRequest): Problem {
    if (exception instanceof DomainError)
      return buildProblem(STATUS_OF_KIND[exception.kind], exception.code, exception.message, request, exception.fields);
    if (isConnectionLoss(exception) || isPoolExhausted(exception))
      return this.toProblem(new UnavailableError('The database cannot be reached. Try again in a moment.'), request);
    if (exception instanceof HttpException) return fromHttpException(exception, request);
    return buildProblem(
      500,
      'INTERNAL_ERROR',
      'Something went wrong here. The request id finds it in the logs.',
      request,
    );
  }
}

function fromHttpException(exception: HttpException, request: FastifyRequest): Problem {
  const status = exception.getStatus();
  if (status === 404)
    return buildProblem(404, 'ROUTE_NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0]}.`, request);
  const [code, detail] = TRANSPORT_PROBLEMS[status] ?? ['HTTP_ERROR', exception.message];
  return buildProblem(status, code, detail, request);
}
