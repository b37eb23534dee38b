import { dirname, join } from 'node:path';
import { type Font, openSync } from 'fontkit';

/** DejaVu: Latin, Greek, Cyrillic, Arabic, Hebrew and more in one file, from a package, since a bare machine has no fonts. */
const FOLDER = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/** A font that knows how wide a text is without a document, and which characters it has. */
export class ReportFont {
  private readonly font: Font;
  private readonly widths = new Map<string, number>();

  constructor(readonly file: string) {
    const font = openSync(file);
    if (!('glyphForCodePoint' in font)) throw new Error(`${file} is a collection of fonts, not one.`);
    this.font = font;
  }

  /** In points, without kerning, which only makes a text narrower. */
  widthOf(text: string, size: number): number {
    let width = 0;
    for (const character of text) width += this.widthOfCharacter(character);
    return width * size;
  }

  /** Of all lines, in points. */
  lineHeight(size: number): number {
    return ((this.font.ascent - this.font.descent) / this.font.unitsPerEm) * size;
  }

  /**
   * The text with everything that could not be seen as what it is written as `\u{202E}`: characters that the font does not have
   * (they would be boxes), line breaks and other control characters, and those that change the direction of what stands around them.
   */
  printable(text: string): string {
    let printable = '';
    for (const character of text.normalize()) printable += this.isPrintable(character) ? character : escaped(character);
    return printable;
  }

  private isPrintable(character: string): boolean {
    const codePoint = character.codePointAt(0)!;
    if (codePoint < 0x7f) return codePoint >= 0x20;
    return !/^[\p{C}\p{Zl}\p{Zp}]$/u.test(character) && this.font.hasGlyphForCodePoint(codePoint);
  }

  private widthOfCharacter(character: string): number {
    let width = this.widths.get(character);
    if (width === undefined) {
      const glyph = this.font.glyphForCodePoint(character.codePointAt(0)!);
      width = glyph.advanceWidth / this.font.unitsPerEm;
      this.widths.set(character, width);
    }
    return width;
  }
}

export interface ReportFonts {
  regular: ReportFont;
  bold: ReportFont;
}

/** Throws when the files of the package dejavu-fonts-ttf are not there: `npm ci` brings them. */
export function loadFonts(): ReportFonts {
  return {
    regular: new ReportFont(join(FOLDER, 'DejaVuSans.ttf')),
    bold: new ReportFont(join(FOLDER, 'DejaVuSans-Bold.ttf')),
  };
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`;
}
