/** Whether release `a` precedes release `b`; `7.1.50`, a development version, precedes `7.2`, and `6.12.118+deb13` `6.13`. */
export function precedes(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { numeric: true }) < 0;
}
