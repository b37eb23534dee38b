import { randomBytes } from 'node:crypto';
import {
  AccountTakenError,
  CreateApiKey,
  CreateUser,
  type Permission,
  PERMISSIONS,
  permissionsOf,
  type Role,
  ROLES,
  ResetPassword,
  type User,
  UsersRepository,
} from '@app/identity';
import type { Config, Tx } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { withContexts } from '../cli.module';
import { wholeNumber } from '../options';
import { OPERATOR } from '../principal';
import { ask, readPassword } from '../secret-input';

const USERNAME = /^[A-Za-z0-9._@+-]{3,64}$/;
const LISTED_MAX = 1000;
/** 120 bits: nobody guesses it. */
const RANDOM_PASSWORD_BYTES = 15;
const CAUSE = { principal: OPERATOR };

/** Commands about accounts, for whoever has the machine. */
export function userCommands(config: () => Config): Command[] {
  return [
    createUserCommand(config),
    firstAdminCommand(config),
    resetPasswordCommand(config),
    listUsersCommand(config),
    createApiKeyCommand(config),
  ];
}

function createUserCommand(config: () => Config): Command {
  return new Command('create-user')
    .description('make an account; asks for what is not given')
    .addArgument(new Argument('[username]', 'what is typed to log in').argParser(username))
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('admin'))
    .option('--email <address>', 'where to write to')
    .option('--password-stdin', 'read the password from stdin')
    .option('--json', 'print what was done as JSON')
    .action(
      async (
        given: string | undefined,
        options: { role: Role; email?: string; passwordStdin?: boolean; json?: boolean },
      ) => {
        const name = given ?? username(await ask('Username: '));
        const password = await readPassword(options.passwordStdin);
        const created = await withContexts(config(), (app) => {
          const wanted = { username: name, password, email: options.email ?? null, role: options.role };
          return app.get(CreateUser).execute(wanted, CAUSE);
        });
        say(options.json, created?.user, `Made the account ${name} with the role ${options.role}.`);
      },
    );
}

function firstAdminCommand(config: () => Config): Command {
  return new Command('first-admin')
    .description(
      'make the account "admin" with a random password, which is printed once, unless there is an administrator',
    )
    .option('--json', 'print it as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const admin = await withContexts(config(), (app) => makeFirstAdmin(app, warn));
      if (json) console.log(JSON.stringify(admin ?? null, null, 2));
      else if (admin) console.log(describeFirstAdmin(admin));
    });
}

interface FirstAdmin {
  username: string;
  password: string;
}

/** Makes the account "admin" with a random password, unless there is an administrator: undefined then. */
export async function makeFirstAdmin(
  app: INestApplicationContext,
  say: (text: string) => void,
): Promise<FirstAdmin | undefined> {
  const password = randomBytes(RANDOM_PASSWORD_BYTES).toString('base64url');
  const wanted = { username: 'admin', password, email: null, role: 'admin' } as const;
  const unless = (tx: Tx<'identity'>) => app.get(UsersRepository).hasAdmin(tx);
  try {
    const created = await app.get(CreateUser).execute(wanted, CAUSE, { unless });
    return created && { username: created.user.username, password };
  } catch (error) {
    // Somebody has registered under this name. That is no reason not to start.
    if (!(error instanceof AccountTakenError)) throw error;
    say('There is no administrator, and "admin" is the name of somebody else: npm run cli -- create-user');
    return undefined;
  }
}

export function describeFirstAdmin({ username: name, password }: FirstAdmin): string {
  return `Made the administrator "${name}" with the password ${password}\nIt is shown this once. Another one: npm run cli -- reset-password ${name}`;
}

function resetPasswordCommand(config: () => Config): Command {
  return new Command('reset-password')
    .description('give an account another password; its sessions end, its API keys are revoked')
    .argument('<username>', 'whose')
    .option('--password-stdin', 'read the password from stdin')
    .option('--json', 'print what was done as JSON')
    .action(async (name: string, { passwordStdin, json }: { passwordStdin?: boolean; json?: boolean }) => {
      const wanted = await readPassword(passwordStdin);
      const revokedKeys = await withContexts(config(), async (app) => {
        const { id } = await find(app.get(UsersRepository), name);
        return app.get(ResetPassword).execute(id, wanted, CAUSE);
      });
      say(
        json,
        { username: name, revoked_api_keys: revokedKeys },
        `Changed the password of ${name} and ended its sessions. API keys revoked: ${revokedKeys}.`,
      );
    });
}

function listUsersCommand(config: () => Config): Command {
  return new Command('list-users')
    .description('accounts, the newest first')
    .option('--limit <number>', `how many, at most ${LISTED_MAX}`, wholeNumber(1, LISTED_MAX), 100)
    .option('--json', 'print them as JSON')
    .action(async ({ limit, json }: { limit: number; json?: boolean }) => {
      const users = await withContexts(config(), (app) => app.get(UsersRepository).find({ descending: true, limit }));
      if (json) console.log(JSON.stringify(users, null, 2));
      else if (users.length === 0) console.log('There are no accounts.');
      else for (const user of users) console.log(lineOf(user));
    });
}

function createApiKeyCommand(config: () => Config): Command {
  return new Command('create-api-key')
    .description('make an API key for an account; it is printed once')
    .argument('<username>', 'whose: the key can never do more than this account may do now')
    .requiredOption('--name <text>', 'what it is for, up to 100 characters', keyName)
    .requiredOption('--permissions <list>', 'with commas between them, such as orders:write,products:read', permissions)
    .option('--expires-at <time>', 'when it stops working, such as 2030-12-31', moment)
    .option('--json', 'print it as JSON')
    .action(
      async (
        owner: string,
        {
          name,
          permissions: wanted,
          expiresAt,
          json,
        }: { name: string; permissions: Permission[]; expiresAt?: Date; json?: boolean },
      ) => {
        const key = await withContexts(config(), async (app) => {
          const { id: userId, role } = await find(app.get(UsersRepository), owner);
          const made = await app
            .get(CreateApiKey)
            .execute(
              { userId, held: permissionsOf(role), name, permissions: wanted, expiresAt: expiresAt ?? null },
              CAUSE,
            );
          return made.key;
        });
        say(json, { key }, key);
      },
    );
}

function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}

function say(json: boolean | undefined, value: unknown, sentence: string): void {
  console.log(json ? JSON.stringify(value, null, 2) : sentence);
}

async function find(users: UsersRepository, name: string): Promise<User> {
  const user = await users.findForLogin(name);
  if (!user) throw new Error(`There is no account ${name}: see \`npm run cli -- list-users\`.`);
  return user;
}

function lineOf({ id, username: name, role, isActive, createdAt }: User): string {
  return `${id}  ${name.padEnd(20)} ${role.padEnd(10)} ${isActive ? 'active     ' : 'deactivated'} ${createdAt.toISOString()}`;
}

function username(given: string): string {
  if (!USERNAME.test(given)) throw new InvalidArgumentError('A username has 3 to 64 letters, digits or . _ @ + -');
  return given;
}

function keyName(given: string): string {
  if (given.trim() === '' || given.length > 100) throw new InvalidArgumentError('Give 1 to 100 characters.');
  return given.trim();
}

function permissions(given: string): Permission[] {
  return given.split(',').map((name) => {
    const found = PERMISSIONS.find((permission) => permission === name.trim());
    if (!found) throw new InvalidArgumentError(`There are: ${PERMISSIONS.join(', ')}.`);
    return found;
  });
}

function moment(given: string): Date {
  const time = new Date(given);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Give a date or a time, such as 2030-12-31.');
  return time;
}
