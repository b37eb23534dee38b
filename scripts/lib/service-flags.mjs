import { readFileSync } from 'node:fs';

/**
 * How Node runs the api, the worker and the scheduler, here and in the Docker image. What a request makes should be gone before it has
 * to be copied, and what is copied costs a collection of the old generation later: some 40 ms in which its threads and the server
 * share the processors. With an old generation that may grow by four fifths there is one in five seconds and a service stays below 250 MB;
 * with a fifth there were four, the worker needed half as much processor time again per order, and the 99th percentile doubled.
 */
export const SERVICE_FLAGS = JSON.parse(readFileSync(new URL('service-flags.json', import.meta.url), 'utf8'));
