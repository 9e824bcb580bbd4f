/** `numerator / denominator` to one decimal, half up and exact, for integers with numerator ≥ 0 and denominator > 0. */
export function oneDecimal(numerator: number, denominator: number): number {
  const doubled = BigInt(numerator) * 20n + BigInt(denominator);
  return Number(doubled / (2n * BigInt(denominator))) / 10;
}
