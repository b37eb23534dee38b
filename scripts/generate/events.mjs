import ts from 'typescript';
import { code, fence, heading, table } from './markdown.mjs';
import { docOf, nodes } from './source-tree.mjs';

/** Every event and every tick, who acts on it, and the shape of what it carries. */
export async function events({ sources, load }) {
  // In the CommonJS tree that the product uses: a schema is converted by the zod that made it.
  const { z } = await import('zod');
  const { envelopeSchema } = load('libs/messaging/src/outbox/event.ts');
  const { SCHEDULE } = load('apps/scheduler/src/schedule.ts');
  const { subscriptionsOf } = load('apps/worker/src/subscriptions.ts');
  const { loadConfig } = load('libs/platform/src/index.ts');
  const jsonSchema = (schema) => JSON.stringify({ ...z.toJSONSchema(schema), $schema: undefined }, null, 2);
  const declared = declarations(sources).map((each) => ({ ...each, event: load(each.path)[each.name] }));
  const subscriptions = subscriptionsOf(loadConfig({ DATABASE_URL: 'postgres://nowhere/none' }));
  const subscribed = ({ event }) =>
    subscriptions
      .filter(({ events }) => events.includes(event))
      .map(({ name, queue }) => `${code(name)} (${queue})`)
      .join(', ') || '–';
  const ticks = declared.filter(({ maker }) => maker === 'defineTick');
  const facts = declared.filter(({ maker }) => maker === 'defineEvent');
  const slotOf = ({ event }) => SCHEDULE.find((job) => job.event === event);
  return [
    heading(
      'Events',
      'An event is a fact, written to the outbox in the transaction that made it true and delivered at least once to each of its subscriptions. A consumer is guarded in Postgres against a second delivery. Names are versioned: a payload that changes incompatibly gets the next version.',
    ),
    '\n## Envelope\n\n`aggregate_version` is the version of the row that the event describes, `correlation_id` the request that started it.\n',
    fence('json', jsonSchema(envelopeSchema)),
    ...groupsByPayload(facts).flatMap(([payload, group]) => [
      `\n## ${headingOf(payload, group)}\n`,
      table(
        ['event', 'meaning', 'subscriptions (queue)'],
        group.map((each) => [code(each.event.type), each.doc || sentence(each.event.type), subscribed(each)]),
      ),
      fence('json', jsonSchema(group[0].event.payload)),
    ]),
    '\n## Ticks\n\nA tick says that a slot of the schedule was reached. It is recorded once, however many schedulers run.\n',
    table(
      ['tick', 'meaning', 'schedule', 'subscriptions (queue)'],
      ticks.map((each) => [code(each.event.type), each.doc, schedule(slotOf(each)), subscribed(each)]),
    ),
    fence('json', jsonSchema(ticks[0].event.payload)),
  ].join('\n');
}

/** Constants made with defineEvent or defineTick: `{ name, maker, path, doc, payload }`. */
function declarations(sources) {
  return sources.flatMap(({ ast, path }) =>
    nodes(ast, ts.isVariableDeclaration)
      .flatMap((node) =>
        node.initializer && ts.isCallExpression(node.initializer) ? [{ node, call: node.initializer }] : [],
      )
      .map(({ node, call }) => ({
        name: node.name.getText(),
        maker: call.expression.getText(),
        path,
        doc: docOf(node),
        payload: call.arguments[1]?.getText(),
      }))
      .filter(({ maker }) => maker === 'defineEvent' || maker === 'defineTick'),
  );
}

/** A payload that many events share has a name; one that is written where its event is has none but the event's. */
function headingOf(payload, group) {
  return /^\w+$/.test(payload)
    ? `Events with ${code(payload)}`
    : `Events with a payload of their own: ${group.map(({ event }) => code(event.type)).join(', ')}`;
}

function groupsByPayload(declared) {
  const groups = new Map();
  for (const each of declared) groups.set(each.payload, [...(groups.get(each.payload) ?? []), each]);
  return [...groups];
}

function schedule(job) {
  return job ? `${code(job.cron)} ${job.timeZone}` : '–';
}

/** order.processing_started.v1 → "Order processing started." */
function sentence(type) {
  const words = type.split('.').slice(0, -1).join(' ').replaceAll('_', ' ');
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}
