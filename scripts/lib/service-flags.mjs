import { readFileSync } from 'node:fs';

/**
 * How Node runs the api, the worker and the scheduler, here and in the Docker image.
 *
 * Nearly all that a request makes is dead when it is answered: the young generation has room for what comes in a tenth of a second.
 * V8 would find most of what is made at one place alive at a collection, as its requests are under way, and make it in the old
 * generation from then on (allocation site pretenuring): with 256 clients 8 KB per order ended there, without it 1.4 KB. A
 * collection of the old generation takes 30 to 40 ms, in which its threads share the processors with the database. It may grow by
 * 30 percent, so that a service stays below 250 MB.
 */
export const SERVICE_FLAGS = JSON.parse(readFileSync(new URL('service-flags.json', import.meta.url), 'utf8'));
