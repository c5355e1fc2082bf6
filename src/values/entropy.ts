/** Shannon entropy of `text` in bits a UTF-16 unit: 0 for nothing or one repeated unit, 8 at most for bytes. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>();
  for (const unit of text.split("")) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return Math.max(0, bits);
}
