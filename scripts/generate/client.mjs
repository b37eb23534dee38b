import openapiTS, { astToString } from 'openapi-typescript';

const HEADING = '// Generated from docs/openapi.json by npm run generate. Do not edit.\n\n';

/** The types of the client: every path with its parameters, bodies and answers, and every schema by its name. */
export async function client({ openApi }) {
  // A field with a default need not be sent.
  const ast = await openapiTS(JSON.parse(await openApi()), { defaultNonNullable: false });
  return HEADING + astToString(ast);
}
