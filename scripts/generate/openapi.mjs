/** The OpenAPI document as a running API serves it, without one that listens. */
export async function openApi({ load, database }) {
  const { createApp } = load('apps/api/src/create-app.ts');
  const { buildOpenApiDocument } = load('apps/api/src/openapi/openapi.ts');
  const app = await createApp(await database());
  try {
    return JSON.stringify(buildOpenApiDocument(app));
  } finally {
    await app.close();
  }
}
