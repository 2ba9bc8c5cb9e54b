// Read a number as it is typed, and look up what the number rule says about it: the rule itself is
// stated in Python, its verdicts travel with the page.

const NUMERAL = String.raw`(?:\d+[.,]\d+|\.\d+|\d+\.(?!\w)|\d+)(?:[eE][+-]?\d+)?`;
const SIGNS = String.raw`[-+−–\s]*`;
const TYPED = new RegExp(String.raw`^${SIGNS}${NUMERAL}(?:\s*/${SIGNS}${NUMERAL})*\s*$`);
const VULGAR = new RegExp(`^(${SIGNS})([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])(?=\\s*$)`);
const TIMES = String.raw`(?:\s*[*·×⋅∗•∙]\s*|\s+x\s+)`;
const SCALED = new RegExp(
  String.raw`^(${SIGNS}${NUMERAL})${TIMES}10\s*(?:\^|\*\*)\s*(?:\{([-+−–]?\d+)\}|([-+−–]?\d+))\s*$`);
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LARGEST_SCALE = 300;
const LONGEST_EXPONENT = 9;
const TAIL = /(?<=[^\s,;])[\s,;]+$/; // what ends a sentence or a list is no part of the number
const PART = new RegExp(String.raw`(${SIGNS})(${NUMERAL})`, "y");

// Return {digits, place, behind, fraction: [n, d]} of one numeral with its signs, or null.
function numeral(signs, written, limits) {
  if (written.replace(/\D/g, "").length > limits.digits) return null;
  const [mantissa, exponent = "0"] = written.toLowerCase().split("e");
  if (exponent.length > LONGEST_EXPONENT || Math.abs(Number(exponent)) > limits.exponent) return null;
  const [whole, behind = ""] = mantissa.split(/[.,]/);
  const minus = (signs.match(/[-−–]/g) || []).length % 2 === 1;
  const digits = BigInt(whole + behind) * (minus ? -1n : 1n);
  const place = Number(exponent) - behind.length;
  return { digits, place, behind: behind.length, fraction: scaled(digits, place) };
}

function scaled(digits, place) {
  const power = 10n ** BigInt(Math.abs(place));
  return place < 0 ? [digits, power] : [digits * power, 1n];
}

// Write 4.38·10^-4 and 4.38·10⁻⁴ as 4.38e-4; leave anything else as it is.
function withoutPower(typed) {
  const level = typed.replace(/10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*$/, (_, raised) =>
    "10^" + raised.replace("⁻", "-").replace("⁺", "+").replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => RAISED.indexOf(digit)));
  const match = SCALED.exec(level);
  if (!match) return typed;
  const scale = Number((match[2] ?? match[3]).replace(/[−–]/, "-"));
  if (!(Math.abs(scale) <= LARGEST_SCALE)) return typed;
  const [mantissa, exponent = "0"] = match[1].toLowerCase().split("e");
  return `${mantissa.replace(/\.$/, "")}e${Number(exponent) + scale}`;
}

// Return what was typed: a decimal, or a fraction of whole numbers; null if it is neither.
function readNumber(entered, limits) {
  const typed = withoutPower(entered.replace(TAIL, ""))
    .replace(VULGAR, (_, signs, sign) => signs + sign.normalize("NFKD").replace("⁄", "/"));
  if (!TYPED.test(typed)) return null;
  const parts = [];
  for (const piece of typed.trim().split("/")) {
    PART.lastIndex = 0;
    const match = PART.exec(piece.trimStart());
    const part = match && numeral(match[1], match[2], limits);
    if (!part) return null;
    parts.push(part);
  }
  const [first, ...divisors] = parts;
  if (!divisors.length) return first;
  if (parts.some((part) => part.behind) || divisors.some((part) => part.digits === 0n)) return null;
  const fraction = divisors.reduce(([n, d], part) =>
    [n * part.fraction[1], d * part.fraction[0]], first.fraction);
  return { fraction };
}

function compared([n, d], [m, e]) {
  const difference = n * e - m * d;
  const positive = (d > 0n) === (e > 0n);
  if (difference === 0n) return 0;
  return (difference > 0n) === positive ? 1 : -1;
}

function written(decimal) {
  const [whole, denominator] = decimal.split("/");
  if (denominator) return [BigInt(whole), BigInt(denominator)];
  const [mantissa, exponent = "0"] = whole.split("e");
  const [before, behind = ""] = mantissa.split(".");
  return scaled(BigInt(before + behind), Number(exponent) - behind.length);
}

// Return the status of a number that was read, and the id of a remark: ["rounded", "check.few_digits"].
function verdictOn(number, accepted, limits) {
  if (accepted.exact && compared(number.fraction, written(accepted.exact)) === 0) return ["right", ""];
  let verdict;
  if (number.digits !== undefined) {
    const shown = String(number.digits).replace("-", "");
    if (shown.length > limits.finest) {
      const inside = ([low, high]) => compared(written(low), number.fraction) <= 0
        && compared(number.fraction, written(high)) <= 0;
      verdict = accepted.ranges.find(inside)?.[2];
    } else {
      const pair = accepted.decimals[`${number.digits}e${number.place}`];
      verdict = pair?.[number.behind ? 0 : 1];
    }
  }
  const [status, remark = ""] = (verdict || "wrong").split(":");
  return [status, remark];
}
