const HEADING = `# Generated from docs/openapi.json by npm run generate. Do not edit.
#
# Every operation of the API once, to be run from top to bottom against a fresh \`npm start\`: with the REST Client of Visual Studio
# Code, or the HTTP Client of JetBrains, which cannot take the id of the batch from an answer: copy it there. Each request says
# which status to expect. An order is shipped within seconds: who sends one by one may find it too late to cancel (409), and who
# sends them twice hears that things exist already (409).
`;
/** The order of the file is placed under an id of its own, so that later requests can name it without looking at answers. */
const FILE_VARIABLES = { host: 'http://localhost:8000', order_id: '0199c5a2-7d1e-7c33-9b51-0000000000f1' };

/** docs/requests.http: the examples of the document, in an order in which they succeed. */
export async function requests({ openApi }) {
  const document = JSON.parse(await openApi());
  const operations = operationsOf(document);
  const variables = Object.entries(FILE_VARIABLES).map(([name, value]) => `@${name} = ${value}`);
  return `${[`${HEADING}\n${variables.join('\n')}`, ...operations.map((each) => block(each, operations, document))].join('\n\n')}\n`;
}

/** By group; in a group what makes things comes first, and what takes them away last. Streams never end, so they end the file. */
function operationsOf(document) {
  const groups = document.tags.map(({ name }) => name);
  return Object.entries(document.paths)
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })))
    .map((each) => ({ ...each, rank: [isStream(each) ? 1 : 0, groups.indexOf(each.operation.tags[0]), stepOf(each)] }))
    .sort(
      (left, right) => left.rank.map((part, index) => part - right.rank[index]).find((difference) => difference) ?? 0,
    );
}

function stepOf({ path, method }) {
  const ofOne = path.includes('{');
  if (path.endsWith('/register/')) return -1;
  return { post: ofOne ? 3 : 0, get: 1, patch: 2, put: 2, delete: 4 }[method];
}

function block({ path, method, operation }, operations, document) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const values = Object.fromEntries(
    names.map((name) => [name, pathValue(name, { method, operation }, operations, document)]),
  );
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name].text);
  const isNobodys = !needsCredential({ path, operation }) && Object.values(values).some(({ exists }) => !exists);
  const body = operation.requestBody?.content['application/json'].example;
  return [
    `### ${operation.summary}`,
    ...(isStream({ operation }) ? ['# Stays open: stop it when you have seen enough.'] : []),
    ...(needsCredential({ path, operation })
      ? ['# Needs a credential: log in, and add the header Authorization: Bearer <access>.']
      : []),
    ...(isNobodys ? ['# Nothing has this id in a fresh database.'] : []),
    `# @name ${operation.operationId}`,
    `# expect ${isNobodys ? 404 : needsCredential({ path, operation }) ? 401 : successOf(operation)}`,
    `${method.toUpperCase()} {{host}}${url}`,
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', '', JSON.stringify(named(body, operation, document), null, 2)]),
  ].join('\n');
}

/** What a path asks for: the order of this file, what an earlier answer gave, or the example. */
function pathValue(name, { method, operation }, operations, document) {
  const { schema, example, description } = operation.parameters.find(
    (parameter) => parameter.in === 'path' && parameter.name === name,
  );
  // The order of the file can be cancelled once, and is: to delete there are others that it made.
  if (method === 'delete' && name === 'order_id')
    return { text: madeInGroup(operation, operations, document), exists: true };
  if (name in FILE_VARIABLES) return { text: `{{${name}}}`, exists: true };
  if (description.includes('nobody’s')) return { text: String(example), exists: false };
  if (schema.format !== 'uuid') return { text: String(example), exists: true };
  const maker = operations.find(({ method, operation: other }) => method === 'post' && answers(other, name, document));
  return maker
    ? { text: `{{${maker.operation.operationId}.response.body.$.${name}}}`, exists: true }
    : { text: example, exists: false };
}

/** An order that was placed by another request of the same group. */
function madeInGroup({ tags }, operations, document) {
  const makers = operations.filter(({ method, operation }) => method === 'post' && operation.tags[0] === tags[0]);
  const bulk = makers.find(({ operation }) => answers(operation, 'order_ids', document));
  if (bulk) return `{{${bulk.operation.operationId}.response.body.$.order_ids[0]}}`;
  const single = makers.find(({ operation }) => answers(operation, 'order_id', document));
  return `{{${single.operation.operationId}.response.body.$.order_id}}`;
}

function answers(operation, name, document) {
  const schema = operation.responses[successOf(operation) ?? 'default']?.content?.['application/json']?.schema;
  return name !== 'id' && Boolean(schema && resolved(schema, document).properties?.[name]);
}

/** A body of an operation of the full API that can name its order does so. */
function named(body, operation, document) {
  const { properties = {} } = resolved(operation.requestBody.content['application/json'].schema, document);
  return operation.tags[0] === 'orders' && properties.order_id ? { order_id: '{{order_id}}', ...body } : body;
}

/** Who may do it without a credential is told by an empty one among those that it takes. Who has registered above can log in. */
const needsCredential = ({ path, operation: { responses, security = [] } }) =>
  Boolean(responses['401']) &&
  !security.some((scheme) => Object.keys(scheme).length === 0) &&
  !path.endsWith('/login/');
const successOf = ({ responses }) => ['201', '200', '202', '204'].find((status) => responses[status]);
const isStream = ({ operation }) => JSON.stringify(operation.responses).includes('text/event-stream');
const resolved = (schema, { components }) => (schema.$ref ? components.schemas[schema.$ref.split('/').at(-1)] : schema);
