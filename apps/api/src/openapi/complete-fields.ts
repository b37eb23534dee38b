import type { SchemaObject } from './document';
import { FIELD_NOTES } from './field-notes';

/** Gives every field of a schema the description that goes with its name, unless it has one of its own. */
export function completeFields(schema: SchemaObject, place: string): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const fieldPlace = `${place}.${name}`;
    const parent = place.slice(place.lastIndexOf('.') + 1);
    const note = FIELD_NOTES[fieldPlace] ?? FIELD_NOTES[`${parent}.${name}`] ?? FIELD_NOTES[name];
    if (note !== undefined) field.description ??= note;
    completeFields(field, fieldPlace);
  }
  if (schema.items) completeFields(schema.items, `${place}[]`);
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    completeFields(part, place);
}
