/** What to do about rows that failed: `importing:advice.*` says it in words. */
export type Advice =
  'address' | 'access' | 'later' | 'operator' | 'file' | 'labels' | 'images' | 'line';

const CODES: Readonly<Record<Exclude<Advice, 'line'>, string>> = {
  address:
    'no_such_key no_such_version no_such_bucket nothing_listed dns_failed tls_failed ' +
    'too_many_redirects insecure_redirect unexpected_redirect unexpected_encoding ' +
    'too_many_objects too_many_folders',
  access:
    'http_401 http_403 access_denied no_connection bucket_not_listed may_not_list archived ' +
    'customer_key wrong_access_key wrong_secret_key wrong_region expired_token key_disabled ' +
    'addressing_style not_s3',
  later:
    'timed_out host_busy rate_limited server_error connection_broken connection_refused unreachable ' +
    'host_down',
  operator: 'forbidden_address forbidden_port clock_skew keys_unreadable internal_error gave_up',
  file: 'empty_file not_an_image damaged_image too_many_pixels too_large decoding_failed',
  labels: 'unknown_label',
  images: 'image_not_found ambiguous_name other_size',
};

const ADVICE = new Map(
  Object.entries(CODES).flatMap(([advice, codes]) =>
    codes.split(' ').map((code) => [code, advice as Advice] as const),
  ),
);

/** By the code of a row. Of other answers than a file the address is at fault; else the line is. */
export function adviceOn(code: string): Advice {
  return ADVICE.get(code) ?? (code.startsWith('http_') ? 'address' : 'line');
}
