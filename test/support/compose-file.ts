import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = join(__dirname, '../..');

const healthCheckSchema = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: z.string(),
  timeout: z.string(),
  retries: z.number(),
  start_period: z.string().optional(),
});

const serviceSchema = z.strictObject({
  image: z.string(),
  build: z.literal('.').optional(),
  init: z.literal(true).optional(),
  restart: z.enum(['unless-stopped', 'on-failure']),
  command: z.array(z.string()),
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).default([]),
  environment: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .default({}),
  healthcheck: healthCheckSchema.optional(),
  stop_signal: z.string().optional(),
  stop_grace_period: z.string().optional(),
  shm_size: z.string().optional(),
});

const composeFileSchema = z
  .object({
    name: z.string(),
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.null()),
  })
  // Beside these a file may have fragments, which others refer to.
  .catchall(z.unknown())
  .refine((file) =>
    Object.keys(file).every((key) => ['name', 'services', 'volumes'].includes(key) || key.startsWith('x-')),
  );

export type ComposeService = z.infer<typeof serviceSchema>;
export type ComposeFile = z.infer<typeof composeFileSchema>;

/**
 * docker-compose.yml as docker compose reads it: fragments merged, `${NAME:-default}` and `${NAME:?why}` filled in from the
 * environment. A key that nobody here knows is refused, as a misspelt one would do nothing.
 */
export function readComposeFile(
  environment: Record<string, string>,
  text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'),
): ComposeFile {
  return composeFileSchema.parse(filledIn(parse(text, { merge: true }), environment));
}

/** Only values are filled in, never comments or keys. */
function filledIn(value: unknown, environment: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolated(value, environment);
  if (Array.isArray(value)) return value.map((part) => filledIn(part, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filledIn(part, environment)]));
}

function interpolated(value: string, environment: Record<string, string>): string {
  return value.replaceAll(
    /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind: '-' | '?' | undefined, text: string | undefined) => {
      const given = environment[name];
      if (given) return given;
      if (kind === '?') throw new Error(`${name}: ${text}`);
      return text ?? '';
    },
  );
}
