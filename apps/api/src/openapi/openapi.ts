import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeDocument } from './complete-document';
import { toJsonSchema } from './json-schema';
import { keepDocuments } from './keep-documents';
import { successFirst } from './swagger-order';
import { TAGS } from './tags';

const TITLE = 'Order fulfillment';
const JSON_FILE = 'swagger.json';
const YAML_FILE = 'swagger.yaml';
const DESCRIPTION = `Take orders, reserve stock so that nothing is sold twice, and follow every order until it is delivered.

- JSON in snake_case. Money is a decimal string, times are RFC 3339 in UTC. A field that is not documented is refused with 400.
- A slash at the end of a path is accepted everywhere and needed nowhere.
- Lists are pages: follow \`next\` and \`previous\` as they are, or ask for the first 10,000 rows by \`page\`. \`count\` is exact up to 10,000.
- Errors are \`application/problem+json\` (RFC 9457): \`code\` is stable and made for programs, \`errors\` names every field at once.
- Send an \`X-Request-Id\` of your own, or use the one of the answer: it is in every log line and in the history of what it changed.
- The examples work on the demo data: products 1 to 50, and three orders, which are on their way as soon as a worker runs. To cancel one, place it first.`;

/** The OpenAPI 3.1 document of the running application. Its schemas are the zod schemas that requests are checked with. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(TITLE)
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    .addServer('/', 'The server that this document came from');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  return completeDocument(
    SwaggerModule.createDocument(app, builder.build(), {
      operationIdFactory,
      standardSchemaConverter: toJsonSchema,
    }),
  );
}

/** On a phone the description of a group stands below its name; beside it there is room for one word. */
const NARROW =
  '@media (max-width: 640px) { .swagger-ui .opblock-tag { flex-wrap: wrap } .swagger-ui .opblock-tag small { flex-basis: 100%; padding: 0 } }';

/** Serves the document at /swagger.json and /swagger.yaml and the page to try it at /swagger/, all from this process. */
export function serveOpenApi(app: NestFastifyApplication): void {
  keepDocuments(app.getHttpAdapter().getInstance(), [`/${JSON_FILE}`, `/${YAML_FILE}`]);
  SwaggerModule.setup('swagger', app, () => buildOpenApiDocument(app), {
    jsonDocumentUrl: JSON_FILE,
    yamlDocumentUrl: YAML_FILE,
    customSiteTitle: `${TITLE} API`,
    // The page has no viewport of its own, and no option for one: this stands in its head, behind the icon.
    customfavIcon: "/favicon.ico' /><meta name='viewport' content='width=device-width, initial-scale=1",
    customCss: NARROW,
    swaggerOptions: {
      displayRequestDuration: true,
      tryItOutEnabled: true,
      persistAuthorization: true,
      plugins: [successFirst],
    },
  });
}

/** OrderHistoryController.status → orderHistory_status; HealthController.health → health: no word twice. */
function operationIdFactory(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  const id = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return id.toLowerCase().endsWith(method.toLowerCase()) ? id : `${id}_${method}`;
}
