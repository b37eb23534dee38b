import { readFileSync } from 'node:fs';

/**
 * How Node runs the api, the worker and the scheduler, here and in the Docker image. The old generation is
 * collected when it has grown by four fifths, not by a fifth: a collection takes 30 to 40 ms, in which its threads share the processors
 * with the database, and under load there was one every one to three seconds. The worker then needed half as much processor time
 * again per order. What that takes in memory the young generation gives back: a service stays below 250 MB.
 */
export const SERVICE_FLAGS = JSON.parse(readFileSync(new URL('service-flags.json', import.meta.url), 'utf8'));
