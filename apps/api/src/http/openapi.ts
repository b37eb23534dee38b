import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';

/** The OpenAPI 3.1 document of the running application. Its schemas are the zod schemas that requests are checked with. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Order fulfillment')
    .setDescription(
      'Take orders, reserve stock so that nothing is sold twice, and follow every order until it is delivered.',
    )
    .setVersion('1')
    .addTag('orders', 'Place, watch and cancel orders')
    .addTag('products', 'The catalogue')
    .addTag('inventory', 'What is there, what is held, and every movement')
    .addTag('simple clients', 'Orders by user, product ids and a total')
    .addTag('operations', 'Health and figures')
    .build();
  return SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}_${method}`,
    standardSchemaConverter: toJsonSchema,
  });
}

/** Serves the document at /swagger.json and /swagger.yaml and the page to try it at /swagger/, all from this process. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('swagger', app, () => buildOpenApiDocument(app), {
    jsonDocumentUrl: 'swagger.json',
    yamlDocumentUrl: 'swagger.yaml',
    customSiteTitle: 'Order fulfillment API',
    swaggerOptions: { displayRequestDuration: true, tryItOutEnabled: true, persistAuthorization: true },
  });
}

function toJsonSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $defs,
    $schema: _,
    ...root
  } = z.toJSONSchema(schema, {
    io: schemaType,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    // What a transformation makes of an input is not part of the contract.
    reused: 'inline',
  });
  return { schema: root, components: ($defs ?? {}) as Record<string, unknown> };
}
