// Instants in words. All in UTC: tokens know no other zone.

const INSTANT = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

const SPANS = [["year", 31_557_600], ["day", 86_400], ["hour", 3_600], ["min", 60], ["s", 1]];

/** "Sun, 22 Nov 2026, 20:13:01 UTC", or `null` for a number that no calendar holds. */
export function instant(seconds) {
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? null : `${INSTANT.format(date)} UTC`;
}

/** "in 9 min 58 s", "3 days 2 hours ago", "now": the two largest units that are not zero. */
export function distance(seconds, now) {
  const difference = Math.trunc(seconds) - Math.trunc(now);
  if (difference === 0) return "now";
  return difference > 0 ? `in ${span(difference)}` : `${span(-difference)} ago`;
}

/** "9 min 58 s" */
export function span(seconds) {
  let rest = Math.trunc(seconds);
  const words = [];
  for (const [unit, size] of SPANS) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(`${count} ${count > 1 && size > 60 ? `${unit}s` : unit}`);
    else if (words.length > 0) break;
    rest -= count * size;
    if (words.length === 2) break;
  }
  return words.join(" ") || "0 s";
}

/** A text with each instant in it (nine to eleven digits of seconds) in words, beside the digits or alone. */
export function inWords(text, { alone = false } = {}) {
  return text.replace(/(?<![\d.])\d{9,11}(?![\d.])/g, (digits) => {
    const words = instant(Number(digits));
    return alone ? words : `${digits} (${words})`;
  });
}
