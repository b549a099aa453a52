/** What to do about rows that failed: `importing:advice.*` says it in words. */
export type Advice = 'address' | 'access' | 'later' | 'operator' | 'file' | 'labels' | 'line';

const ADVICE: Readonly<Record<Exclude<Advice, 'line'>, readonly RegExp[]>> = {
  address: [/^http_4(04|10)$/, /^no_such_/, /^dns_failed$/, /redirect/, /^http_/],
  access: [/^http_40[13]$/, /denied|signature|expired|credential|token/, /connection$/],
  later: [/timed_out|busy|slow|rate_limited|server_error|broken|refused|unreachable/],
  operator: [/^forbidden_/, /^tls_/, /^internal_error$/, /^gave_up$/],
  file: [/^empty_file$/, /image/, /^damaged/, /pixels/, /^too_large$/, /decoding/, /encoding/],
  labels: [/label/],
};

const ORDER = ['access', 'operator', 'later', 'address', 'labels', 'file'] as const;

/** By the code of a row; a line that makes no sense is what is left. */
export function adviceOn(code: string): Advice {
  if (code === 'credentials_in_url') return 'line';
  return ORDER.find((advice) => ADVICE[advice].some((known) => known.test(code))) ?? 'line';
}
