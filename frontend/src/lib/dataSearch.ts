type Many = string | string[];

/** What the address of a list of tasks says, as it is written there: the list's page reads it. */
export interface DataSearch {
  state?: Many;
  label?: Many;
  tag?: Many;
  conflict?: Many;
  answers?: number;
  person?: string;
  day?: string;
  behind?: string;
  task?: string;
  verdict?: string;
  flagged?: boolean;
  text?: string | number;
  import?: string;
  imported_from?: string;
  imported_to?: string;
  min_score?: number;
  max_score?: number;
  min_confidence?: number;
  max_confidence?: number;
  min_width?: number;
  max_width?: number;
  min_height?: number;
  max_height?: number;
  min_shapes?: number;
  max_shapes?: number;
  min_size?: number;
  max_size?: number;
  order?: string;
  view?: 'table';
}

/** Drops what no list could be asked for; names and values are looked at by the list's page. */
export function readDataSearch(search: Record<string, unknown>): DataSearch {
  const plain = (value: unknown) => value !== null && typeof value !== 'object';
  return Object.fromEntries(
    Object.entries(search).filter(
      ([, value]) => plain(value) || (Array.isArray(value) && value.every(plain)),
    ),
  );
}
