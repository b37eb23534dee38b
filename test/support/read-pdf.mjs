// Reads a PDF from standard input and prints its text by page and its table of contents as JSON. A process of its own: jest cannot
// import() the library that reads it.
import { buffer } from 'node:stream/consumers';
import { extractText, getDocumentProxy } from 'unpdf';

const document = await getDocumentProxy(new Uint8Array(await buffer(process.stdin)));
const { text: pages } = await extractText(document, { mergePages: false });
const outline = ((await document.getOutline()) ?? []).map(({ title }) => title);
console.log(JSON.stringify({ pages, outline }));
