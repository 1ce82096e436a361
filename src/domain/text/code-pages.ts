/** The encodings by the name of decoders, and the upper half of those of DOS that these do not know. */
const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0'
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

const HIGH_BYTES = Uint8Array.from({ length: 128 }, (_, at) => 128 + at)

/** For each encoding the byte of each character beyond ASCII. */
export const CODE_PAGES: readonly ReadonlyMap<string, number>[] = [
  ...['windows-1250', 'windows-1251', 'iso-8859-2', 'macintosh', 'ibm866'].map((name) => {
    const decoder = new TextDecoder(name)
    // In two steps: see `decodeBytes`.
    return decoder.decode(HIGH_BYTES, { stream: true }) + decoder.decode()
  }),
  CP852,
  CP850,
  CP437
].map((upper) => new Map(Array.from(upper, (sign, at): [string, number] => [sign, 0x80 + at])))
