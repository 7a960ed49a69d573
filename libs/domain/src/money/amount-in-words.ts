const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const PLACES = ['', '拾', '佰', '仟'] as const;
const SECTIONS = ['', '万', '亿', '万亿'] as const;

/** One section of at most four digits, e.g. 1005 → 壹仟零伍; leading zeros are the caller's to write. */
function sectionInWords(section: number): string {
  let words = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.trunc(section / 10 ** place) % 10;
    if (digit === 0) {
      gap = words !== '';
      continue;
    }
    words += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
    gap = false;
  }
  return words;
}

function yuanInWords(yuan: bigint): string {
  let words = '';
  let gap = false;
  for (let index = SECTIONS.length - 1; index >= 0; index -= 1) {
    const section = Number((yuan / 10_000n ** BigInt(index)) % 10_000n);
    if (section === 0) {
      gap = words !== '';
      continue;
    }
    // A zero is spoken between two sections when digits are missing between them.
    const zero = words !== '' && (gap || section < 1000) ? '零' : '';
    words += `${zero}${sectionInWords(section)}${SECTIONS[index]}`;
    gap = false;
  }
  return words;
}

/**
 * Writes fen as a Chinese capital amount (大写金额), e.g. 123456n → 壹仟贰佰叁拾肆元伍角陆分.
 *
 * Whole yuan and whole jiao end in 整; a zero jiao before fen is spoken (壹元零伍分). Bank practice: 支付结算办法, annex 1.
 *
 * @throws RangeError when fen is negative or 10^18 and above
 */
export function amountInWords(fen: bigint): string {
  if (fen < 0n || fen >= 10n ** 18n) throw new RangeError('fen: expected 0 or more, below 10^18');
  const yuan = fen / 100n;
  const jiao = Number((fen / 10n) % 10n);
  const rest = Number(fen % 10n);
  if (fen === 0n) return '零元整';
  const whole = yuan > 0n ? `${yuanInWords(yuan)}元` : '';
  if (jiao === 0 && rest === 0) return `${whole}整`;
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole && '零';
  return rest > 0 ? `${whole}${tenths}${DIGITS[rest]}分` : `${whole}${tenths}整`;
}
