/**
 * The fonts that documents are set in, out of npm packages under the SIL Open Font Licence: Noto Sans has Latin, Greek and
 * Cyrillic, BIZ UDPGothic Japanese. Only the glyphs that a document uses are embedded in it.
 */
export type FontName = 'regular' | 'bold' | 'japanese' | 'japaneseBold';

export const FONT_FILES: Readonly<Record<FontName, string>> = {
  regular: require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
  japanese: require.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  japaneseBold: require.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
};

/** Chinese characters, kana, and the punctuation and wide forms that go with them. */
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb-\u30ff\uff00-\uffef]/u;

export interface Run {
  readonly font: FontName;
  readonly text: string;
}

export const isJapanese = (character: string): boolean => JAPANESE.test(character);

/** Splits a text where its font changes. */
export function runsOf(text: string, isBold: boolean): Run[] {
  const plain: FontName = isBold ? 'bold' : 'regular';
  if (!JAPANESE.test(text)) return [{ font: plain, text }];
  const runs: { font: FontName; text: string }[] = [];
  for (const character of text) {
    const font = isJapanese(character) ? (isBold ? 'japaneseBold' : 'japanese') : plain;
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}
