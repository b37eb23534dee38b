import { type OpenApiDocument, type Operation, readDocument } from './contract';
import { DOCUMENT_LAWS } from './document-law';

const PLACE = '/api/v1/orders/';

/** For each law, a change of the document that breaks it. */
const BREACHES: Record<string, (place: Operation, document: OpenApiDocument) => void> = {
  'operations have a summary, a description and a name of their own': (place) => delete place.summary,
  'operations belong to a group that is described': (place) => (place.tags = ['misc']),
  'paths are written as people type them': (place, { paths }) => (paths['/api/v1/things'] = { get: place }),
  'parameters have a description, a schema and an example': (place) => (place.parameters![0]!.schema = {}),
  'only what is in the path is filled in beforehand': (place) => (place.parameters![0]!.example = 'my-key'),
  'bodies and answers have an example': (place) => delete place.responses['201']!.content!['application/json']!.example,
  'examples match their schemas': (place) =>
    (place.requestBody!.content['application/json']!.example = { customer_name: 'A', items: [] }),
  'every operation says what a success is': (place) => delete place.responses['201'],
  'every answer is described and carries X-Request-Id': (place) =>
    delete place.responses['409']!.headers!['X-Request-Id'],
  'created things have a Location, and who must wait is told for how long': (place) =>
    delete place.responses['201']!.headers!.Location,
  'errors are problems, word for word as they are sent': (place) => {
    const { examples } = place.responses['409']!.content!['application/problem+json']!;
    (Object.values(examples!)[0]!.value as { code: string }).code = 'NO_SUCH_CODE';
  },
  'operations with a body say what becomes of a bad one': (place) => delete place.responses['415'],
  'answers that are the same are described once': (place, { components }) =>
    (place.responses['413'] = components.responses!.BodyTooLarge!),
  'every field has a description': (_, { components }) =>
    delete components.schemas.PlaceOrder!.properties!.customer_name!.description,
  'whole numbers are bounded by what is meant, not by the language': (_, { components }) =>
    (components.schemas.Order!.properties!.version!.maximum = Number.MAX_SAFE_INTEGER),
  'bodies are closed and answers are open': (_, { components }) =>
    delete components.schemas.PlaceOrder!.additionalProperties,
  'schemas with a name are used': (_, { components }) => (components.schemas.Forgotten = { type: 'string' }),
};

describe('the OpenAPI document', () => {
  const document = readDocument();

  it('has a case for every law', () => {
    expect(Object.keys(BREACHES)).toEqual(Object.keys(DOCUMENT_LAWS));
  });

  describe.each(Object.entries(DOCUMENT_LAWS))('%s', (law, breaks) => {
    it('holds', () => {
      expect(breaks(document)).toEqual([]);
    });

    it('is seen to be broken', () => {
      const broken = structuredClone(document);
      BREACHES[law]!(broken.paths[PLACE]!.post!, broken);
      expect(breaks(broken)).not.toEqual([]);
    });
  });
});
