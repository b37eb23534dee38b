export { createClient, type ApiClient, type ClientOptions } from './client';
export { everyItem, type Page } from './every-item';
export { dataOf, type Problem, ProblemError } from './problem-error';
export type { components, operations, paths } from './schema';
export type * from './schemas';
