import type { Socket } from 'node:net';
import { newId } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { buildProblem, type Problem, sendProblem } from './problem';

/** Answers what the router refuses before any hook runs: a URL that can not be decoded, or a part of it that is too long. */
export function refuseUrl(error: { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  if (error.statusCode === 414)
    sendProblem(reply, buildProblem(414, 'URI_TOO_LONG', 'A part of the path is too long.', request));
  else sendProblem(reply, buildProblem(400, 'INVALID_URL', 'The URL is not valid: check its % escapes.', request));
}

/** Answers bytes that are no HTTP request, and closes the connection: what comes after them can not be read either. */
export function refuseBytes(error: { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${problem.request_id}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function problemOf(code: string | undefined): Problem {
  const request = { url: '/', id: newId() };
  if (code === 'HPE_HEADER_OVERFLOW')
    return buildProblem(431, 'HEADERS_TOO_LARGE', 'URL and headers are too large together.', request);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return buildProblem(408, 'REQUEST_TIMEOUT', 'The request did not arrive in time.', request);
  return buildProblem(400, 'INVALID_REQUEST', 'This cannot be read as an HTTP request.', request);
}
