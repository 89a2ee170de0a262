/**
 * Whether two different texts differ by one letter that is changed, added or left out, or by two neighbours that have
 * changed places.
 */
export function isOneEditApart(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  if (left.length !== right.length)
    return left.length < right.length ? left === right.slice(1) : left.slice(1) === right;
  const areSwapped = left[0] === right[1] && left[1] === right[0];
  return left.slice(1) === right.slice(1) || (areSwapped && left.slice(2) === right.slice(2));
}
