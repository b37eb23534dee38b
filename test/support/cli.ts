import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

export interface CommandResult {
  code: number | null;
  /** What it wrote to stdout and stderr. */
  output: string;
}

/** Runs a command of the compiled CLI on a database, as in a pipe: nobody can be asked. */
export function runCli(
  databaseUrl: string,
  args: string[],
  settings: Record<string, string> = {},
): Promise<CommandResult> {
  return runProgram(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/apps/cli/src/main.js'), ...args], {
    DATABASE_URL: databaseUrl,
    ...settings,
  });
}

/** Runs a program in the project's folder to its end. */
export function runProgram(
  command: string,
  args: string[],
  environment: Record<string, string>,
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', LOG_LEVEL: 'warn', LOG_FORMAT: 'json', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
