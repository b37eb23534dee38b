/** A text in lines that are not wider than `width`: broken between words, and inside of one that is wider than a line by itself. */
export function wrapText(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const piece of pieces(word, width, widthOf)) {
      if (line !== '') lines.push(line);
      line = piece;
    }
  }
  lines.push(line);
  return lines;
}

/** A word in pieces that fit; each has one character at least, however narrow the line is. */
function* pieces(word: string, width: number, widthOf: (text: string) => number): Generator<string> {
  let piece = '';
  let pieceWidth = 0;
  for (const character of word) {
    const characterWidth = widthOf(character);
    if (piece !== '' && pieceWidth + characterWidth > width) {
      yield piece;
      piece = '';
      pieceWidth = 0;
    }
    piece += character;
    pieceWidth += characterWidth;
  }
  yield piece;
}
